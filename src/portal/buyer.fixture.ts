/** For tests: a customer and a guest at their browsers, with what they have ordered and a bank that the test decides about. */
import assert from 'node:assert/strict';
import { newToken, writeToken } from '../accounts/tokens.ts';
import { placeGuestOrder } from '../history/guests-order.ts';
import { askAbout } from '../history/payments/ask-bank.ts';
import { beginPayment } from '../history/payments/begin-payment.ts';
import { paymentsOfOrder } from '../history/payments/payment-rows.ts';
import type { Payment } from '../history/payments/payment-rows.ts';
import { takeOnSite } from '../history/payments/settle.ts';
import { placeOrder } from '../history/place-order.ts';
import { newOwnerId, newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { paid, testBanks } from '../../test/shop-banks.ts';
import { shopWish } from '../../test/shop.ts';
import type { TestSystem } from '../../test/system.ts';
import { openVisitor, signedInVisitor } from './privacy-visitor.fixture.ts';
import type { Seen, Visitor } from './privacy-visitor.fixture.ts';

type Lines = Parameters<typeof shopWish>[1];
type PayWay = Parameters<typeof shopWish>[2];

/** Somebody with an order: whose it is, where its pages are, and the browser that may see them. */
export type Buyer = {
  readonly owner: OwnerId;
  readonly orderId: RowId;
  readonly path: string;
  readonly browser: Visitor;
  readonly banks: ReturnType<typeof testBanks>;
};

const site = { origin: 'http://localhost:8080' };

export async function customerWith(
  system: TestSystem,
  who: { readonly owner: OwnerId; readonly email: string },
  payWay: PayWay,
  lines: Lines,
): Promise<Buyer> {
  const banks = testBanks();
  const { owner, email } = who;
  const op = system.op({ party: 'customer', owner }, 'order');
  const wish = shopWish(system, lines, payWay);
  const orderId = await placeOrder(op, owner, wish, () => null);
  const browser = await signedInVisitor(system, email, 'sv', banks);
  return { owner, orderId, path: `/history/${orderId}`, browser, banks };
}

export async function guestWith(
  system: TestSystem,
  email: string,
  payWay: PayWay,
  lines: Lines,
): Promise<Buyer & { readonly code: string }> {
  const banks = testBanks();
  const code = writeToken(newToken(newOwnerId(), newRowId(system.now)));
  const wish = shopWish(system, lines, payWay);
  const op = system.op('nobody', 'order');
  const owner = await placeGuestOrder(op, { code, email, language: 'sv' }, wish, () => null);
  const { orderId } = wish;
  const browser = openVisitor(system, 'sv', banks);
  return { owner, orderId, code, path: `/guest/${code}/${orderId}`, browser, banks };
}

/** Pays what was ordered, as if the bank had said so. */
export async function pay(system: TestSystem, buyer: Buyer, way: 'swish' | 'card' = 'swish') {
  const { owner, orderId, banks } = buyer;
  const op = system.op({ party: 'customer', owner }, 'payment');
  await beginPayment(op, banks, { owner, orderId, way }, site);
  const payment = await latestPayment(system, buyer);
  banks[way].answer(payment.paymentId, paid(payment.amountOre, 'SETTLED'));
  assert.equal(await askAbout(op, banks, payment, site), 'paid');
  return payment;
}

export async function latestPayment(
  system: TestSystem,
  { owner, orderId }: Buyer,
): Promise<Payment> {
  const op = system.op({ party: 'customer', owner }, 'payment');
  const [payment] = await paymentsOfOrder(op, owner, orderId);
  assert.ok(payment);
  return payment;
}

/** The hidden fields of the form on a page that posts to an address. */
export function fieldsOf({ source }: Seen, action: string): Record<string, string> {
  const forms = source.split('<form').filter((form) => form.includes(`action="${action}"`));
  const [form = ''] = forms;
  const inside = form.slice(0, form.indexOf('</form>'));
  const hidden = inside.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g);
  const chosen = inside.matchAll(
    /<select[^>]* name="([^"]*)"[^>]*>(?:<option value="[^"]*">[^<]*<\/option>)*<option value="([^"]*)" selected/g,
  );
  return Object.fromEntries(
    [...hidden, ...chosen].map(([, name = '', value = '']) => [name, value]),
  );
}

/** Pays at the counter, as a member of staff writes it down. */
export async function payOnSite(system: TestSystem, { owner, orderId }: Buyer): Promise<void> {
  const op = system.op({ party: 'administrator', owner: newOwnerId() }, 'order-handling');
  const { total_ore: seenDueOre } = await system.db
    .selectFrom('history.order')
    .select('total_ore')
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow();
  await takeOnSite(op, { owner, orderId, seenDueOre }, 'cash');
}

/** Delivers or carries out an order, as staff does. */
export async function perform(system: TestSystem, { owner, orderId }: Buyer): Promise<void> {
  await system.db
    .updateTable('history.order')
    .set({ state: 'performed', performed_at: system.now })
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .execute();
  await system.db
    .updateTable('history.booking')
    .set({ state: 'performed' })
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .execute();
}
