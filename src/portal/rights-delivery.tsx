import { readAccount } from '../accounts/account.ts';
import type { Account } from '../accounts/account.ts';
import type { OrderState } from '../database/records.ts';
import { changeDelivery } from '../history/delivery.ts';
import { readOrder } from '../history/orders.ts';
import type { Delivery, Order } from '../history/orders.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import { writeMail } from '../messages/outbox.ts';
import type { WriteOperation } from '../operation.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { notice } from '../policy/notice.ts';
import { Problem } from '../problem.ts';
import { portalText } from '../text/portal.ts';
import { changesText } from '../text/rights-changes.ts';
import { shopCheckoutText } from '../text/shop-checkout.ts';
import type { Opener, Sealer } from '../vault/vault.ts';
import { DeliveryFields } from './delivery-fields.tsx';
import { errorsOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import { portalPage } from './frame.tsx';
import { parseDelivery } from './order-fields.ts';
import type { DeliveryAsks } from './order-fields.ts';
import { writeAddress } from '../history/order-letter.ts';

/** Where an order goes, while it has not gone. */
export async function deliveryPage(visit: OwnVisit): Promise<Response> {
  const opener = await openAll(visit);
  const { order } = await readOrder(visit.op, opener, orderOf(visit));
  if (order.state !== 'placed') return tooLate(visit, order.state);
  const values = Object.entries(order.delivery).map(
    ([name, value]) => [name, value ?? ''] as const,
  );
  const { number } = order;
  return showForm(visit, { number, values: new Map(values), asks: asksOf(order) });
}

/** Changes it, and writes the letter that says so. */
export async function takeDelivery(visit: OwnVisit): Promise<Response> {
  const { op } = visit;
  const orderId = orderOf(visit);
  const opener = await openAll(visit);
  const { order } = await readOrder(op, opener, orderId);
  const { number } = order;
  const asks = asksOf(order);
  const parsed = parseDelivery(visit, asks);
  if (!parsed.ok)
    return showForm(visit, { number, values: visit.form, asks, faults: parsed.faults });
  const account = await readAccount(op, opener);
  const change = { orderId, delivery: parsed.value };
  const state = await changeDelivery(op, opener, change, letter(visit, account, change));
  if (state !== 'placed') return tooLate(visit, state);
  return seeOther(`/history/${orderId}?changed=1`);
}

function openAll({ op, owner }: OwnVisit): Promise<Opener> {
  return op.vault.openFor(op, owner, ['credentials', 'history']);
}

/** @throws Problem `not-found` for what is no order's id */
function orderOf({ params }: OwnVisit): RowId {
  const id = params['order'] ?? '';
  if (!isRowId(id)) throw new Problem('not-found');
  return id;
}

/** A letter may be read over somebody's shoulder: who has a protected identity is not told the address in it. */
function letter(
  visit: OwnVisit,
  { email, language, isProtected }: Account,
  { orderId, delivery }: { readonly orderId: RowId; readonly delivery: Delivery },
) {
  const words = changesText[language].delivery;
  return async (op: WriteOperation, sealer: Sealer, number: string): Promise<void> => {
    const text = words.letter({
      company: notice.controller.name,
      number,
      address: isProtected ? words.letterHidden : writeAddress(delivery),
      link: `${visit.site.origin}/history/${orderId}`,
    });
    await writeMail(op, sealer, { email, language, subject: words.subject(number), text });
  };
}

/** What was asked when it was ordered can be changed, and nothing more is asked now. */
function asksOf({ delivery }: Order): DeliveryAsks {
  return { phone: delivery.phone !== null, address: delivery.street !== null };
}

type Shown = {
  readonly number: string;
  readonly values: ReadonlyMap<string, string>;
  readonly asks: DeliveryAsks;
  readonly faults?: Faults;
};

function showForm(
  visit: OwnVisit,
  { number, values, asks, faults = {} }: Shown,
): Promise<Response> {
  const { language, params } = visit;
  const words = changesText[language].delivery;
  const address = `/history/${params['order']}`;
  const status = Object.keys(faults).length === 0 ? 200 : 422;
  return portalPage(
    visit,
    { title: words.title, current: 'history', status },
    <>
      <ErrorSummary
        title={portalText[language].faultsTitle}
        errors={errorsOf(shopCheckoutText[language].faults, faults)}
      />
      <BackLink href={address}>{words.back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead(number)}</p>
      <Form action={`${address}/delivery`}>
        <DeliveryFields visit={visit} values={values} faults={faults} asks={asks} />
        <Button>{words.save}</Button>
      </Form>
    </>,
  );
}

/** Kindly no: it has gone, or never will. */
function tooLate(visit: OwnVisit, state: Exclude<OrderState, 'placed'>): Promise<Response> {
  const words = changesText[visit.language].delivery;
  return portalPage(
    visit,
    { title: words.tooLate, current: 'history', status: 409 },
    <>
      <BackLink href={`/history/${visit.params['order']}`}>{words.back}</BackLink>
      <h1>{words.tooLate}</h1>
      <p class="lead">{words.tooLateText[state]}</p>
      <p>
        <a href="/rights/correct">{words.tooLateWay}</a>
      </p>
    </>,
  );
}
