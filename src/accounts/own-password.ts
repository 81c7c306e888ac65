import { newRowId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import type { Sealer } from '../vault/vault.ts';
import { credential } from './holdings.ts';
import { hashPassword } from './passwords.ts';
import { tellingOf } from './security-letters.ts';
import { endOtherSessions } from './sessions.ts';
import type { SignedIn } from './sessions.ts';

/**
 * Gives a signed-in customer a new password, and tells of it by letter. Links for recovery that were sent before stop
 * working, and the other devices are signed out if that is wanted.
 */
export async function changePassword(
  op: Operation,
  { owner, sessionId }: SignedIn,
  change: { readonly password: string; readonly endOthers: boolean },
): Promise<void> {
  const tell = await tellingOf(op, owner, 'password-changed');
  const password_hash = await hashPassword(change.password);
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    await putPassword(write, sealer, password_hash);
    if (change.endOthers) await endOtherSessions(write.db, owner, sessionId);
    await tell(write, sealer);
  });
}

/** Puts a password in place of the one that was there, if there was one. Links for recovery stop working. */
export async function putPassword(
  write: WriteOperation,
  sealer: Sealer,
  password_hash: string,
): Promise<void> {
  const credential_id = newRowId(write.now);
  const changed = {
    credential_id,
    changed_at: write.now,
    sealed: sealer.seal(credential, credential_id, { password_hash, one_time_secret: null }),
  };
  await write.db
    .insertInto('accounts.credential')
    .values({ owner_id: sealer.owner, kind: 'password', used_step: null, ...changed })
    .onConflict((conflict) => conflict.columns(['owner_id', 'kind']).doUpdateSet(changed))
    .execute();
  await forgetRecoveries(write, sealer.owner);
}

/** Links for recovery that were sent before stop working. */
export async function forgetRecoveries(write: WriteOperation, owner: OwnerId): Promise<void> {
  await write.db.deleteFrom('accounts.recovery').where('owner_id', '=', owner).execute();
}

/** Signs out every device. */
export async function endAllSessions(write: WriteOperation, owner: OwnerId): Promise<void> {
  await write.db.deleteFrom('accounts.session').where('owner_id', '=', owner).execute();
}
