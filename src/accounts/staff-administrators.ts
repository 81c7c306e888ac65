import { sql } from 'kysely';
import type { OwnerId } from '../ids.ts';
import type { Operation, WriteOperation } from '../operation.ts';

/** What became of a change; the last administrator stays one, or nobody could let anybody in any more. */
export type StaffChange = 'done' | 'last-administrator';

// Two administrators who demote each other at once come one after the other.
const lockOfAdministrators = 7_202;

/**
 * Is somebody else administrator, and able to sign in? Until this transaction ends nobody else changes who is.
 */
export async function isAnotherAdministrator(
  write: WriteOperation,
  owner: OwnerId,
): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(${lockOfAdministrators})`.execute(write.db);
  const others = await administrators(write);
  return others.some((other) => other !== owner);
}

/** Who is administrator now and able to sign in: whose sign-in was reset is not until the link has been used. */
export async function administrators(op: Operation): Promise<OwnerId[]> {
  const rows = await op.db
    .selectFrom('accounts.staff as s')
    .innerJoin('vault.owner as o', 'o.owner_id', 's.owner_id')
    .leftJoin('accounts.credential as c', 'c.owner_id', 's.owner_id')
    .leftJoin('accounts.passkey as p', 'p.owner_id', 's.owner_id')
    .select('s.owner_id')
    .distinct()
    .where('s.role', '=', 'administrator')
    .where('s.left_at', 'is', null)
    .where((row) => row.or([row('c.owner_id', 'is not', null), row('p.owner_id', 'is not', null)]))
    .where('o.fenced_at', 'is', null)
    .execute();
  return rows.map(({ owner_id }) => owner_id);
}
