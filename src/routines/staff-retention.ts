import { withdrawInvitation } from '../accounts/staff-invitations.ts';
import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { keeping } from '../policy/keeping.ts';
import { isProblem } from '../problem.ts';
import { endOwners } from './retention.ts';

/** How long a recipient may stay silent about letters to somebody who never came, before the list of them goes. */
const tellingDays = 14;

/** Invitations of somebody new that nobody has answered for as long as the notice allows. */
export async function invitationsDue(op: Operation): Promise<OwnerId[]> {
  const rows = await op.db
    .selectFrom('accounts.invitation as i')
    .innerJoin('vault.owner as o', 'o.owner_id', 'i.owner_id')
    .select('i.owner_id')
    .where('i.kind', '=', 'new')
    .where('i.sent_at', '<', op.now.subtract({ hours: keeping.invitation.rule.days * 24 }))
    .where('o.fenced_at', 'is', null)
    .execute();
  return rows.map(({ owner_id }) => owner_id);
}

/** Links for a new sign-in that are too old: the member of staff stays, and needs another one. */
async function removeOldResets(op: Operation): Promise<number> {
  const removed = await op.db
    .deleteFrom('accounts.invitation')
    .where('kind', '=', 'reset')
    .where('sent_at', '<', op.now.subtract({ hours: keeping.invitation.rule.days * 24 }))
    .executeTakeFirst();
  return Number(removed.numDeletedRows);
}

/** Those who left as long ago as the notice says. */
export async function leaversDue(op: Operation): Promise<OwnerId[]> {
  const rows = await op.db
    .selectFrom('accounts.staff as s')
    .innerJoin('vault.owner as o', 'o.owner_id', 's.owner_id')
    .select('s.owner_id')
    .where('s.left_at', '<', op.now.subtract({ hours: keeping.employment.rule.days * 24 }))
    .where('o.fenced_at', 'is', null)
    .execute();
  return rows.map(({ owner_id }) => owner_id);
}

/** Those who were invited and never came, once the recipients of their letters have been told, or were silent. */
async function invitedInVainDue(op: Operation): Promise<OwnerId[]> {
  const rows = await op.db
    .selectFrom('vault.owner as o')
    .leftJoin('accounts.staff as s', 's.owner_id', 'o.owner_id')
    .leftJoin('accounts.invitation as i', 'i.owner_id', 'o.owner_id')
    .select('o.owner_id')
    .where('o.kind', '=', 'staff')
    .where('o.fenced_at', 'is', null)
    .where('s.owner_id', 'is', null)
    .where('i.owner_id', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('recipients.disclosure as d')
            .select('d.disclosure_id')
            .whereRef('d.owner_id', '=', 'o.owner_id')
            .where('d.purpose', '<>', 'leaving')
            .where('d.disclosed_at', '>', op.now.subtract({ hours: tellingDays * 24 })),
        ),
      ),
    )
    .execute();
  return rows.map(({ owner_id }) => owner_id);
}

/**
 * Staff whose key is destroyed and whose rows are still there: the process died in between. By the fence alone, because
 * the sweep may have taken the rows by which they became due.
 */
export async function halfEndedStaff(op: Operation): Promise<OwnerId[]> {
  const rows = await op.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('kind', '=', 'staff')
    .where('fenced_at', '<=', op.now)
    .execute();
  return rows.map(({ owner_id }) => owner_id);
}

/** Ends what is kept about staff when its time has come: invitations, those who never came, those who left. */
export async function endStaff(op: Operation): Promise<number> {
  const withdrawn = await withdrawAll(op, await invitationsDue(op));
  const reset = await removeOldResets(op);
  return withdrawn + reset + (await endOwners(op, staffDue));
}

async function staffDue(op: Operation): Promise<OwnerId[]> {
  return [
    ...(await invitedInVainDue(op)),
    ...(await leaversDue(op)),
    ...(await halfEndedStaff(op)),
  ];
}

async function withdrawAll(op: Operation, owners: readonly OwnerId[]): Promise<number> {
  for (const owner of owners) {
    try {
      await withdrawInvitation(op, owner);
    } catch (error) {
      // It was answered or withdrawn meanwhile.
      if (!isProblem(error, 'conflict')) throw error;
    }
  }
  return owners.length;
}
