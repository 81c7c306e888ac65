import type { Insertable } from 'kysely';
import { account } from '../src/accounts/holdings.ts';
import { beginSession } from '../src/accounts/sessions.ts';
import { insertPassword } from '../src/accounts/sign-up.ts';
import type { OrderState, RecordsTables } from '../src/database/records.ts';
import { noAnswers } from '../src/history/answers.ts';
import { order, orderLine } from '../src/history/holdings.ts';
import { newOwnerId, newRowId } from '../src/ids.ts';
import type { OwnerId, RowId } from '../src/ids.ts';
import { inTransaction } from '../src/operation.ts';
import type { WriteOperation } from '../src/operation.ts';
import { addOwner } from '../src/vault/vault.ts';
import type { Sealer } from '../src/vault/vault.ts';
import type { BenchInstallation } from './installation.ts';

export type BenchCustomer = {
  readonly owner: OwnerId;
  readonly email: string;
  /** What the cookie of a signed-in customer holds. */
  readonly token: string;
};

/** Rows of one insert statement. PostgreSQL takes 65 535 parameters at most, and a row of ours has eight. */
const batchSize = 1_000;
const device = 'Firefox, Linux';

/** An account as the sign-up makes it, without the letter and without a hash of its own for each password. */
export async function newCustomer(
  installation: BenchInstallation,
  passwordHash: string,
): Promise<BenchCustomer> {
  const owner = newOwnerId();
  const email = `kund-${owner.slice(0, 8)}@example.se`;
  const op = installation.op({ party: 'nobody' }, 'sign-up');
  await op.vault.createKey(op, owner, [{ kind: 'account-email', value: email }]);
  return inTransaction(op, async (write) => {
    await addOwner(write, owner, 'account');
    const sealer = await write.vault.sealFor(write, owner);
    const sealed = sealer.seal(account, owner, {
      email,
      name: 'Maja Lind',
      language: 'sv',
      protected_identity: null,
    });
    await write.db
      .insertInto('accounts.account')
      .values({ owner_id: owner, created_at: write.now, used_at: write.now, sealed })
      .execute();
    await insertPassword(write, sealer, passwordHash);
    return { owner, email, token: await beginSession(write, sealer, device) };
  });
}

/** The personal part of an order: what both sides of a comparison hold. */
export type PersonalOrder = {
  readonly number: string;
  readonly recipient_name: string;
  readonly phone: string | null;
  readonly street: string;
  readonly postal_code: string;
  readonly town: string;
  readonly message: string | null;
};

/** An order of before, one an hour back from now. */
export type PastOrder = { readonly orderId: RowId; readonly placedAt: Temporal.Instant } & {
  readonly state: OrderState;
  readonly personal: PersonalOrder;
};

/** What became of the order that is so many back, and what the customer wrote with it. */
export type Past = { readonly state: OrderState; readonly message: string | null };
export type PastOf = (index: number) => Past;

const allPlaced: PastOf = (index) => ({
  state: 'placed',
  message: index % 5 === 0 ? 'Ring på hos grannen om ingen öppnar.' : null,
});

/** Writes orders, with one line each or without, sealed as always. */
export function addOrders(
  installation: BenchInstallation,
  owner: OwnerId,
  count: number,
  lines: 'with lines' | 'without lines',
  pastOf: PastOf = allPlaced,
): Promise<PastOrder[]> {
  const op = installation.op({ party: 'customer', owner }, 'order');
  return inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    const orders = Array.from({ length: count }, (_, index) =>
      pastOrder(write.now, index, pastOf(index)),
    );
    for (let from = 0; from < count; from += batchSize) {
      const batch = orders.slice(from, from + batchSize);
      await insertOrders(write, sealer, batch);
      if (lines === 'with lines') await insertLines(write, sealer, batch);
    }
    return orders;
  });
}

async function insertOrders(
  write: WriteOperation,
  sealer: Sealer,
  orders: readonly PastOrder[],
): Promise<void> {
  const rows = orders.map((one) => orderRow(sealer, one));
  await write.db.insertInto('history.order').values(rows).execute();
}

async function insertLines(
  write: WriteOperation,
  sealer: Sealer,
  orders: readonly PastOrder[],
): Promise<void> {
  const lines = orders.map((one) => lineRow(sealer, one));
  await write.db.insertInto('history.order_line').values(lines).execute();
}

function pastOrder(now: Temporal.Instant, index: number, { state, message }: Past): PastOrder {
  const placedAt = now.subtract({ hours: index });
  return {
    orderId: newRowId(placedAt),
    placedAt,
    state,
    personal: {
      number: `K7QF-${String(index % 10_000).padStart(4, '0')}`,
      recipient_name: 'Maja Lind Testsson',
      phone: null,
      street: `Provgatan ${1 + (index % 40)}`,
      postal_code: '503 32',
      town: 'Borås',
      message,
    },
  };
}

function orderRow(
  sealer: Sealer,
  { orderId, placedAt, state, personal }: PastOrder,
): Insertable<RecordsTables['history.order']> {
  return {
    owner_id: sealer.owner,
    order_id: orderId,
    placed_at: placedAt,
    state,
    total_ore: 24_900,
    vat_ore: 4_980,
    sealed: sealer.seal(order, orderId, personal),
  };
}

function lineRow(
  sealer: Sealer,
  { orderId, placedAt }: PastOrder,
): Insertable<RecordsTables['history.order_line']> {
  const line_id = newRowId(placedAt);
  return {
    owner_id: sealer.owner,
    order_id: orderId,
    line_id,
    item_id: null,
    kind: 'product',
    withdrawal: 'right',
    quantity: 1,
    unit_price_ore: 24_900,
    vat_percent: 25,
    sealed: sealer.seal(orderLine, line_id, {
      description: 'Ullfilt, grå',
      item_reference: null,
      ...noAnswers,
    }),
  };
}
