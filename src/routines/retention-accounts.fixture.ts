/** For tests: the routines that close accounts, hour after hour, and a mail server that does what it is told. */
import { noBanks } from '../history/payments/banks.ts';
import { fakeSmtp, sendAll } from '../messages/outbox.fixture.ts';
import type { FakeSmtp } from '../messages/outbox.fixture.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import { chooseStay } from '../settings/keeping.ts';
import type { Stay } from '../settings/keeping.ts';
import type { TestSystem } from '../../test/system.ts';
import { closeAccounts, tellBeforeClosing } from './retention-accounts.ts';
import { sweep } from './retention.ts';

export const origin = 'http://localhost:8080';

export const routine = (system: TestSystem) =>
  system.op({ party: 'routine', routine: 'close-accounts' }, 'keeping');

export function choose(system: TestSystem, owner: OwnerId, stay: Stay): Promise<void> {
  const op = system.op({ party: 'customer', owner }, 'account');
  return inTransaction(op, (write) => chooseStay(write, owner, stay));
}

/** What the routines do at a moment: write, send, close. Returns how many accounts were closed. */
export async function turn(
  system: TestSystem,
  at: Temporal.Instant,
  smtp: FakeSmtp = fakeSmtp(),
): Promise<number> {
  system.now = at;
  await tellBeforeClosing(routine(system));
  await sendAll(system, smtp);
  await sweep(system.op('routine', 'retention'));
  return closeAccounts(routine(system), { origin, banks: noBanks });
}

/** One turn a day, from one moment to another. Returns when the account was closed; null when it never was. */
export async function daily(
  system: TestSystem,
  [from, to]: readonly [Temporal.Instant, Temporal.Instant],
  smtp: FakeSmtp = fakeSmtp(),
): Promise<Temporal.Instant | null> {
  for (let at = from; Temporal.Instant.compare(at, to) <= 0; at = at.add({ hours: 24 })) {
    if ((await turn(system, at, smtp)) > 0) return at;
  }
  return null;
}

/** Is there an account that nothing is erasing? */
export async function isOpen(system: TestSystem, owner: OwnerId): Promise<boolean> {
  const found = await system.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('owner_id', '=', owner)
    .where('fenced_at', 'is', null)
    .executeTakeFirst();
  return found !== undefined;
}
