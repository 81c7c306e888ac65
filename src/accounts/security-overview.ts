import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { oneTimeCodesSince } from './one-time-codes.ts';
import { countPasskeys } from './passkeys.ts';
import { recoveryCodesLeft } from './recovery-codes.ts';
import type { RecoveryCodesLeft } from './recovery-codes.ts';

/** What guards an account, in numbers and times. Opens nothing. */
export type SecurityOverview = {
  readonly passwordChangedAt: Temporal.Instant | null;
  readonly passkeys: number;
  readonly codesSince: Temporal.Instant | null;
  readonly recoveryCodes: RecoveryCodesLeft;
  readonly devices: number;
};

export async function readSecurity(op: Operation, owner: OwnerId): Promise<SecurityOverview> {
  return {
    passwordChangedAt: await passwordSince(op, owner),
    passkeys: await countPasskeys(op, owner),
    codesSince: await oneTimeCodesSince(op, owner),
    recoveryCodes: await recoveryCodesLeft(op, owner),
    devices: await countSessions(op, owner),
  };
}

/** Since when the owner has the password of today; null for who has none. */
export async function passwordSince(
  op: Operation,
  owner: OwnerId,
): Promise<Temporal.Instant | null> {
  const row = await op.db
    .selectFrom('accounts.credential')
    .select('changed_at')
    .where('owner_id', '=', owner)
    .where('kind', '=', 'password')
    .executeTakeFirst();
  return row?.changed_at ?? null;
}

/** How many devices are signed in, this one among them. */
export async function countSessions(op: Operation, owner: OwnerId): Promise<number> {
  const row = await op.db
    .selectFrom('accounts.session')
    .select(({ fn }) => fn.countAll<number>().as('devices'))
    .where('owner_id', '=', owner)
    .executeTakeFirstOrThrow();
  return row.devices;
}
