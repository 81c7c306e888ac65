import type { OrderState } from '../database/records.ts';
import { contactOf } from '../history/contact.ts';
import type { Contact } from '../history/contact.ts';
import { changeDelivery } from '../history/delivery.ts';
import type { DeliveryChange } from '../history/delivery.ts';
import { readOrder } from '../history/orders.ts';
import type { Order } from '../history/orders.ts';
import { writeAddress } from '../history/order-letter.ts';
import { seeOther } from '../http/answers.ts';
import type { BuyerVisit } from '../http/route.ts';
import { writeMail } from '../messages/outbox.ts';
import type { WriteOperation } from '../operation.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { notice } from '../policy/notice.ts';
import { portalText } from '../text/portal.ts';
import { changesText } from '../text/rights-changes.ts';
import { shopCheckoutText } from '../text/shop-checkout.ts';
import type { Opener, Sealer } from '../vault/vault.ts';
import { mayWriteTo } from './buyer-letters.ts';
import { isGuest, orderIdOf, orderPath, placeOf } from './buyer-visit.ts';
import { DeliveryFields } from './delivery-fields.tsx';
import { errorsOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import { portalPage } from './frame.tsx';
import { parseDelivery } from './order-fields.ts';
import type { DeliveryAsks } from './order-fields.ts';
import { telephone } from '../text/format.ts';

/** Where an order goes, while it has not gone. */
export async function deliveryPage(visit: BuyerVisit): Promise<Response> {
  const { order } = await readOrder(visit.op, await openAll(visit), orderIdOf(visit));
  if (order.state !== 'placed') return tooLate(visit, order.state);
  return showForm(visit, { number: order.number, values: valuesOf(order), asks: asksOf(order) });
}

/** Changes it, and writes the letter that says so. */
export async function takeDelivery(visit: BuyerVisit): Promise<Response> {
  const { op } = visit;
  const orderId = orderIdOf(visit);
  const opener = await openAll(visit);
  const { order } = await readOrder(op, opener, orderId);
  const asks = asksOf(order);
  const shown = { number: order.number, values: visit.form, asks };
  const parsed = parseDelivery(visit, asks);
  if (!parsed.ok) return showForm(visit, { ...shown, faults: parsed.faults });
  const contact = await contactOf(op, opener);
  const change = { orderId, delivery: parsed.value };
  if (!(await mayWriteTo(visit, contact))) return showForm(visit, { ...shown, hasTooMany: true });
  const state = await changeDelivery(op, opener, change, letter(visit, contact, change));
  if (state !== 'placed') return tooLate(visit, state);
  return seeOther(`${orderPath(visit)}?changed=1`);
}

function openAll({ op, owner }: BuyerVisit): Promise<Opener> {
  return op.vault.openFor(op, owner, ['credentials', 'history']);
}

/** A letter may be read over somebody's shoulder: who has a protected identity is not told the address in it. */
function letter(
  visit: BuyerVisit,
  { email, language, isProtected }: Contact,
  { delivery }: DeliveryChange,
) {
  const words = changesText[language].delivery;
  return async (op: WriteOperation, sealer: Sealer, number: string): Promise<void> => {
    const text = words.letter({
      company: notice.controller.name,
      number,
      address: isProtected ? words.letterHidden : writeAddress(delivery),
      link: `${visit.site.origin}${orderPath(visit)}`,
      notYou: isGuest(visit) ? words.notYouGuest : words.notYou,
    });
    await writeMail(op, sealer, { email, language, subject: words.subject(number), text });
  };
}

/** As people write it, so that a number is not changed by being looked at. */
function valuesOf({ delivery }: Order): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(delivery).map(([name, value]) => [
      name,
      name === 'phone' && value !== null ? telephone(value) : (value ?? ''),
    ]),
  );
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
  /** So many letters about this order have gone that the next one has to wait. */
  readonly hasTooMany?: boolean;
};

function showForm(visit: BuyerVisit, shown: Shown): Promise<Response> {
  const { number, values, asks, faults = {}, hasTooMany = false } = shown;
  const { language } = visit;
  const words = changesText[language].delivery;
  const status = hasTooMany ? 429 : Object.keys(faults).length === 0 ? 200 : 422;
  return portalPage(
    visit,
    { title: words.title, current: placeOf(visit), status },
    <>
      <ErrorSummary
        title={portalText[language].faultsTitle}
        errors={errorsOf(shopCheckoutText[language].faults, faults)}
      />
      {hasTooMany && (
        <Notice kind="warning" title={words.tooMany} role="alert">
          <p>{words.tooManyText}</p>
        </Notice>
      )}
      <BackLink href={orderPath(visit)}>{words.back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead(number)}</p>
      <Form action={`${orderPath(visit)}/delivery`}>
        <DeliveryFields visit={visit} values={values} faults={faults} asks={asks} />
        <Button>{words.save}</Button>
      </Form>
    </>,
  );
}

/** Kindly no: it has gone, or never will. */
function tooLate(visit: BuyerVisit, state: Exclude<OrderState, 'placed'>): Promise<Response> {
  const words = changesText[visit.language].delivery;
  return portalPage(
    visit,
    { title: words.tooLate, current: placeOf(visit), status: 409 },
    <>
      <BackLink href={orderPath(visit)}>{words.back}</BackLink>
      <h1>{words.tooLate}</h1>
      <p class="lead">{words.tooLateText[state]}</p>
      {!isGuest(visit) && (
        <p>
          <a href="/rights/correct">{words.tooLateWay}</a>
        </p>
      )}
    </>,
  );
}
