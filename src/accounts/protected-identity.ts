import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { protectedIdentity } from '../vault/protected-identity.ts';
import { changeAccount } from './account.ts';

/**
 * Hides a customer's name and address from all but a few, or ends it. The vault keeps to it from the next opening on.
 * @throws Problem `fenced` when the customer is being erased
 */
export async function setProtectedIdentity(
  op: Operation,
  owner: OwnerId,
  isProtected: boolean,
): Promise<void> {
  const opener = await op.vault.openFor(op, owner, ['credentials']);
  const protected_identity = isProtected ? protectedIdentity : null;
  await inTransaction(op, (write) => changeAccount(write, opener, { protected_identity }));
}
