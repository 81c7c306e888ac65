import { readAccount } from '../accounts/account.ts';
import { vatWithin } from '../history/catalogue/items.ts';
import type { Item } from '../history/catalogue/items.ts';
import { isPlaced, placeOrder } from '../history/place-order.ts';
import { plainLine } from '../history/order-wish.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { newRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import { Actions, Button, Form, Hidden } from '../pages/forms.tsx';
import { Notice } from '../pages/notices.tsx';
import { Price, SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import type { Language } from '../text/bilingual.ts';
import { money, number, percent } from '../text/format.ts';
import { portalOrdersText } from '../text/portal-orders.ts';
import { productOf } from './catalogue-item.tsx';
import { portalPage } from './frame.tsx';
import { newOrderAddress, orderIdOf, parseOrder, totalOf } from './order-fields.ts';
import type { OrderFields } from './order-fields.ts';
import { showOrderForm } from './order-form.tsx';
import { orderConfirmation } from './order-letter.ts';
import { DeliveryAddress, TypedLines } from './order-parts.tsx';

/** What will be ordered, to whom and for how much, before anything is. */
export async function reviewOrderPage(visit: OwnVisit): Promise<Response> {
  const item = await productOf(visit, visit.form.get('item'));
  const asked = orderIdOf(visit);
  // Who went back to the form after ordering and sends it again wants another order.
  const isUsed = await isPlaced(visit.op, visit.owner, asked);
  const orderId = isUsed ? newRowId(visit.op.now) : asked;
  const parsed = parseOrder(visit);
  if (!parsed.ok) return showFaults(visit, item, orderId, parsed.faults);
  return showReview(visit, { item, orderId, fields: parsed.value });
}

/** Places what was reviewed. The same form twice is one order. */
export async function placeReviewedOrder(visit: OwnVisit): Promise<Response> {
  const { op, owner, language } = visit;
  const item = await productOf(visit, visit.form.get('item'));
  const orderId = orderIdOf(visit);
  const parsed = parseOrder(visit);
  if (!parsed.ok) return showFaults(visit, item, orderId, parsed.faults);
  const { quantity, ...delivery } = parsed.value;
  const seen = { item, orderId, fields: parsed.value };
  if (visit.form.get('seen_total') !== String(totalOf(item, quantity))) {
    return showReview(visit, { ...seen, isRepriced: true });
  }
  const opener = await op.vault.openFor(op, owner, ['credentials']);
  const { email, isProtected } = await readAccount(op, opener);
  const lines = [plainLine(item, quantity, item.name[language])];
  const confirm = orderConfirmation({
    email,
    language,
    isProtected,
    lines,
    origin: visit.site.origin,
  });
  await placeOrder(
    op,
    owner,
    { orderId, lines, delivery, payWay: 'on-site', termsId: null },
    confirm,
  );
  return seeOther(`/history/${orderId}?placed=1`);
}

type Reviewed = {
  readonly item: Item;
  readonly orderId: RowId;
  readonly fields: OrderFields;
  /** The price is another one than the customer saw. */
  readonly isRepriced?: boolean;
};

function showReview(visit: OwnVisit, reviewed: Reviewed): Promise<Response> {
  const { language } = visit;
  const { item, fields, orderId, isRepriced = false } = reviewed;
  const words = portalOrdersText[language].review;
  const comeBackTo = newOrderAddress(item, String(fields.quantity));
  return portalPage(
    visit,
    { title: words.title, current: 'start', comeBackTo, status: isRepriced ? 409 : 200 },
    <>
      {isRepriced && (
        <Notice kind="warning" title={words.priceChanged} role="alert">
          <p>{words.priceChangedText}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <SummaryList rows={rowsOf(reviewed, language)} />
      <p class="soft">{words.withdraw}</p>
      <Form action="/orders">
        <Hidden name="order_id" value={orderId} />
        <Hidden name="item" value={item.itemId} />
        <Hidden name="seen_total" value={String(totalOf(item, fields.quantity))} />
        {Object.entries(fields).map(([name, value]) => (
          <Hidden name={name} value={String(value ?? '')} />
        ))}
        <Actions>
          <Button>{words.buy}</Button>
          <Button kind="secondary" formaction="/order/change">
            {words.change}
          </Button>
        </Actions>
      </Form>
    </>,
  );
}

function rowsOf({ item, fields }: Reviewed, language: Language): SummaryRow[] {
  const words = portalOrdersText[language].review;
  const total = totalOf(item, fields.quantity);
  const vat = money(vatWithin(total, item.vatPercent), language);
  const quantity = number(fields.quantity, language);
  return [
    { key: words.what, value: words.line(quantity, item.name[language]) },
    { key: words.unitPrice, value: <Price ore={item.priceOre} language={language} /> },
    {
      key: words.total,
      value: (
        <strong>
          <Price ore={total} language={language} />
        </strong>
      ),
    },
    { key: words.vat, value: words.vatValue(vat, percent(item.vatPercent / 100, language)) },
    { key: words.payment, value: words.paymentText },
    { key: words.to, value: <DeliveryAddress delivery={fields} /> },
    ...(fields.message === null
      ? []
      : [{ key: words.message, value: <TypedLines text={fields.message} /> }]),
  ];
}

function showFaults(
  visit: OwnVisit,
  item: Item,
  orderId: RowId,
  faults: Parameters<typeof showOrderForm>[1]['faults'],
): Promise<Response> {
  return showOrderForm(visit, { item, orderId, values: visit.form, ...(faults && { faults }) });
}
