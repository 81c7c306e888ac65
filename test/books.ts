// Books of a test: sales and refunds as real orders make them, and somebody who keeps them.
import { randomBytes } from 'node:crypto';
import { newOneTimeSecret } from '../src/accounts/one-time-codes.ts';
import { addStaff } from '../src/accounts/staff.ts';
import type { VoucherPlace } from '../src/bookkeeping/book.ts';
import { advanceRefunds, payBackByHand, refundsUnsettled } from '../src/bookkeeping/refunds.ts';
import type { StaffRole } from '../src/database/records.ts';
import type { Item } from '../src/history/catalogue/items.ts';
import { placeOrder } from '../src/history/place-order.ts';
import { optionsOf } from '../src/history/take-back.ts';
import { takeBack } from '../src/history/take-back-order.ts';
import { readWhole } from '../src/history/whole-order.ts';
import { askAbout } from '../src/history/payments/ask-bank.ts';
import { beginPayment } from '../src/history/payments/begin-payment.ts';
import { paymentsOfOrder } from '../src/history/payments/payment-rows.ts';
import { takeOnSite } from '../src/history/payments/settle.ts';
import type { OwnerId, RowId } from '../src/ids.ts';
import type { Operation } from '../src/operation.ts';
import { advanceErasure } from '../src/routines/erasure.ts';
import { askErasure } from '../src/routines/erasure-ask.ts';
import { newReceiptCode } from '../src/routines/receipt-code.ts';
import { shopWish } from './shop.ts';
import { paid, testBanks } from './shop-banks.ts';
import type { TestSystem } from './system.ts';

const site = { origin: 'https://konto.example.se' };
const nothing = () => Promise.resolve();

/** A member of staff of a role, by id. */
export async function newColleague(system: TestSystem, role: StaffRole): Promise<OwnerId> {
  const email = `${role}-${randomBytes(6).toString('hex')}@example.se`;
  await addStaff(system.op('routine', 'employment'), {
    role,
    email,
    name: 'Siv Medarbetare',
    password: 'en trygg fras för personal',
    secret: newOneTimeSecret(),
  });
  const owner = await system.vault.ownerOf({ kind: 'staff-email', value: email });
  if (owner === null) throw new Error('nobody was added');
  return owner;
}

/** Somebody who keeps the books, at the system's present moment whenever it is asked. */
export async function newBookkeeper(
  system: TestSystem,
): Promise<{ readonly owner: OwnerId; op(): Operation }> {
  const owner = await newColleague(system, 'bookkeeper');
  return { owner, op: () => system.op({ party: 'bookkeeper', owner }, 'bookkeeping') };
}

export type Sold = { readonly owner: OwnerId; readonly orderId: RowId };

/** An order that is paid at the counter, in cash or by card. */
export async function sellOnSite(
  system: TestSystem,
  owner: OwnerId,
  item: Item,
  of: { readonly quantity?: number; readonly way?: 'terminal' | 'cash' } = {},
): Promise<Sold> {
  nextSecond(system);
  const op = system.op({ party: 'customer', owner }, 'order');
  const lines = [{ item, quantity: of.quantity ?? 1 }];
  const orderId = await placeOrder(op, owner, shopWish(system, lines, 'on-site'), () => null);
  const staff = system.op('routine', 'payment');
  const seenDueOre = item.priceOre * (of.quantity ?? 1);
  await takeOnSite(staff, { owner, orderId, seenDueOre }, of.way ?? 'terminal');
  return { owner, orderId };
}

/** An order that is paid by Swish. */
export async function sellBySwish(
  system: TestSystem,
  owner: OwnerId,
  item: Item,
  quantity = 1,
): Promise<Sold> {
  nextSecond(system);
  const banks = testBanks();
  const order = system.op({ party: 'customer', owner }, 'order');
  const wish = shopWish(system, [{ item, quantity }], 'swish');
  const orderId = await placeOrder(order, owner, wish, () => null);
  const op = system.op({ party: 'customer', owner }, 'payment');
  await beginPayment(op, banks, { owner, orderId, way: 'swish' }, site);
  const [payment] = await paymentsOfOrder(op, owner, orderId);
  if (!payment) throw new Error('no payment was begun');
  banks.swish.answer(payment.paymentId, paid(payment.amountOre, 'SETTLED'));
  await askAbout(op, banks, payment, site);
  return { owner, orderId };
}

/** Takes a whole order back; what was paid is on its way. */
export async function payBackAll(system: TestSystem, { owner, orderId }: Sold): Promise<void> {
  nextSecond(system);
  const op = system.op({ party: 'customer', owner }, 'payment');
  const opener = await op.vault.openFor(op, owner, ['history']);
  const options = optionsOf(await readWhole(op, opener, orderId), system.now);
  const lines = options.map(({ line, quantityLeft }) => ({
    lineId: line.lineId,
    quantity: quantityLeft,
  }));
  const seenRefundOre = options.reduce((sum, { cancel }) => sum + (cancel?.refundOre ?? 0), 0);
  const wish = { owner, orderId, kind: 'cancellation', lines, seenRefundOre, statement: null };
  await takeBack(op, { ...wish, kind: 'cancellation' }, nothing);
}

/** What happens has a moment of its own, so that one can be told from the other. */
function nextSecond(system: TestSystem): void {
  system.now = system.now.add({ seconds: 1 });
}

/** Closes an account, and lets the day pass within which banks without an address for it may answer. */
export async function leave(system: TestSystem, owner: OwnerId): Promise<void> {
  const asked = system.op({ party: 'customer', owner }, 'leaving');
  const erasureId = await askErasure(asked, owner, newReceiptCode());
  await advanceErasure(system.op('routine', 'leaving'), erasureId, system.around);
  system.now = system.now.add({ hours: 25 });
  const op = system.op('routine', 'leaving');
  const state = await advanceErasure(op, erasureId, system.around);
  if (state !== 'complete') throw new Error(`the erasure is ${state}`);
}

/** Everything that was on its way has been paid back, by the banks or by hand. */
export async function settleRefunds(system: TestSystem): Promise<void> {
  const banks = testBanks();
  const routine = () => system.op('routine', 'payment');
  for (let turn = 0; turn < 5; turn += 1) {
    await advanceRefunds(routine(), banks, site, nothing);
    system.now = system.now.add({ minutes: 1 });
  }
  for (const { refundId } of await refundsUnsettled(routine()))
    await payBackByHand(routine(), refundId, nothing);
}

/** Where the newest voucher of a kind is. */
export async function newestVoucher(system: TestSystem, kind: string): Promise<VoucherPlace> {
  const row = await system.db
    .selectFrom('bookkeeping.voucher')
    .select(['owner_id', 'voucher_id'])
    .where('kind', '=', kind as never)
    .orderBy('compiled_at', 'desc')
    .orderBy('voucher_id', 'desc')
    .executeTakeFirstOrThrow();
  return { year: row.owner_id, voucherId: row.voucher_id };
}
