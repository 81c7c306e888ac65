import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import type { Passed } from '../vault/owner-keys.ts';
import { findChange, moveState } from './address-change-rows.ts';
import type { FoundChange } from './address-change-rows.ts';
import { claimOf, finishAddressChange, finishPending } from './address-changes.ts';
import type { AddressLinks } from './address-changes.ts';
import { endAllSessions, putPassword } from './own-password.ts';
import { hashPassword } from './passwords.ts';
import { removeRecoveryCodes } from './recovery-codes.ts';
import { hasSecondFactor, isSecondFactor } from './second-factor.ts';
import { isOwnPassword } from './sign-in.ts';

/** For so long a change of address can be undone. */
export const undoDays = 7;

/** A change that can be undone; `needsCode` where the account has two steps. */
export type Undo = FoundChange & { readonly needsCode: boolean };

/** What a link at the former address leads to; null when it is over or never was. */
export async function findUndo(op: Operation, tokenText: string): Promise<Undo | null> {
  const found = await findChange(op, tokenText, 'undo a change of address', undoDays * 24);
  if (found?.state !== 'made') return null;
  return { ...found, needsCode: await hasSecondFactor(op, found.owner) };
}

export type UndoOutcome = 'undone' | 'wrong-password' | 'wrong-code' | 'taken';

/**
 * Undoes a change of address for who holds both the link at the former address and the password of the account, and
 * the second step where it has one. Neither alone is enough: a mailbox that somebody has left behind must not open the
 * account of who left it, and a stolen password must not keep its owner out. Everything that may be known to whoever
 * made the change ends with it: the password, all sessions, passkeys and recovery codes.
 * @throws Problem `conflict` when the link was used meanwhile, `too-many`
 */
export async function undoAddressChange(
  op: Operation,
  undo: Undo,
  choice: { readonly password: string; readonly code: string; readonly newPassword: string },
  links: AddressLinks,
  passed: Passed = () => undefined,
): Promise<UndoOutcome> {
  const { owner, changeId } = undo;
  if (!(await isOwnPassword(op, owner, choice.password))) return 'wrong-password';
  if (undo.needsCode && !(await isSecondFactor(op, owner, choice.code, 'recovery')))
    return 'wrong-code';
  await finishPending(op, owner, links);
  const holder = await op.vault.ownerOf(claimOf(undo.formerEmail));
  if (holder !== null && holder !== owner) return 'taken';
  const password_hash = await hashPassword(choice.newPassword);
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    await moveState(write, owner, changeId, { from: 'made', to: 'undoing' });
    await putPassword(write, sealer, password_hash);
    await write.db.deleteFrom('accounts.passkey').where('owner_id', '=', owner).execute();
    await removeRecoveryCodes(write, owner);
    // After what one signs in with, so that no sign-in under way comes between.
    await endAllSessions(write, owner);
  });
  passed('the undoing is written down');
  await finishAddressChange(op, owner, changeId, links, passed);
  return 'undone';
}
