import { readAccount } from '../accounts/account.ts';
import type { Item } from '../history/catalogue/items.ts';
import { listOrders, quantityMax } from '../history/orders.ts';
import type { OwnVisit } from '../http/route.ts';
import { newRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, Field, Form, Hidden } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Price } from '../pages/tables.tsx';
import { portalOrdersText } from '../text/portal-orders.ts';
import { portalText } from '../text/portal.ts';
import { productOf } from './catalogue-item.tsx';
import { DeliveryFields } from './delivery-fields.tsx';
import type { DeliveryFieldsProps } from './delivery-fields.tsx';
import { errorOf, errorsOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import { portalPage } from './frame.tsx';
import { newOrderAddress, orderIdOf } from './order-fields.ts';

/** The delivery form, filled in with what is known. */
export async function newOrderPage(visit: OwnVisit): Promise<Response> {
  const { op, query } = visit;
  const item = await productOf(visit, query.get('item'));
  const opener = await op.vault.openFor(op, visit.owner, ['credentials', 'history']);
  const { name } = await readAccount(op, opener);
  const [latest] = await listOrders(op, opener);
  const values = new Map([
    ['quantity', query.get('quantity') ?? '1'],
    ['recipient_name', latest?.delivery.recipient_name ?? name],
    ['street', latest?.delivery.street ?? ''],
    ['postal_code', latest?.delivery.postal_code ?? ''],
    ['town', latest?.delivery.town ?? ''],
  ]);
  const isPrefilled = latest !== undefined;
  return showOrderForm(visit, { item, orderId: newRowId(op.now), values, isPrefilled });
}

/** The same form with what was typed, from the review back. */
export async function changeOrderPage(visit: OwnVisit): Promise<Response> {
  const item = await productOf(visit, visit.form.get('item'));
  return showOrderForm(visit, { item, orderId: orderIdOf(visit), values: visit.form });
}

type ShownForm = {
  readonly item: Item;
  readonly orderId: RowId;
  readonly values: ReadonlyMap<string, string>;
  readonly faults?: Faults;
  readonly isPrefilled?: boolean;
};

/** Shows the form with values and what is wrong with them; 422 when something is. */
export function showOrderForm(visit: OwnVisit, shown: ShownForm): Promise<Response> {
  const { item, values, faults = {} } = shown;
  const { language } = visit;
  const words = portalOrdersText[language];
  const status = shown.faults === undefined ? 200 : 422;
  const comeBackTo = newOrderAddress(item, values.get('quantity') ?? '1');
  return portalPage(
    visit,
    { title: words.form.title, current: 'start', status, comeBackTo },
    <>
      <ErrorSummary
        title={portalText[language].faultsTitle}
        errors={errorsOf(words.faults, faults)}
      />
      <BackLink href={`/catalogue/${item.itemId}`}>{words.form.back}</BackLink>
      <h1>{words.form.title}</h1>
      <p class="lead">
        {item.name[language]}, <Price ore={item.priceOre} language={language} />
      </p>
      {shown.isPrefilled === true && <p>{words.form.prefilled}</p>}
      <Form action="/order/review">
        <Hidden name="order_id" value={shown.orderId} />
        <Hidden name="item" value={item.itemId} />
        <OrderedFields visit={visit} values={values} faults={faults} />
        <p class="soft">{words.form.notYet}</p>
        <Button>{words.form.toReview}</Button>
      </Form>
    </>,
  );
}

function OrderedFields({ visit, values, faults }: DeliveryFieldsProps) {
  const all = portalOrdersText[visit.language];
  return (
    <>
      <Field
        name="quantity"
        value={values.get('quantity')}
        error={errorOf(all.faults, faults, 'quantity')}
        label={all.form.quantity}
        inputmode="numeric"
        autocomplete="off"
        width="short"
        maxlength={String(quantityMax).length}
        required
      />
      <DeliveryFields visit={visit} values={values} faults={faults} />
    </>
  );
}
