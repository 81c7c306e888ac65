import { newOwnerId, newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { writeMail } from '../messages/outbox.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { notice } from '../policy/notice.ts';
import { Problem } from '../problem.ts';
import type { Language } from '../text/bilingual.ts';
import { accessMailText } from '../text/mail-access.ts';
import { dayOwner } from '../vault/day.ts';
import { normalised } from '../vault/owner-keys.ts';
import type { Sealer } from '../vault/vault.ts';
import { readAccount } from './account.ts';
import { countLetter } from './attempts.ts';
import { forgetGuesses } from './guesses.ts';
import { account } from './holdings.ts';
import { endAllSessions, putPassword } from './own-password.ts';
import { hashPassword } from './passwords.ts';
import { hasSecondFactor, isSecondFactor } from './second-factor.ts';
import { tellingOf } from './security-letters.ts';
import { guessOfOwner, guessOfSignIn } from './sign-in.ts';
import { hashOf, isTokenOf, newToken, readToken, writeToken } from './tokens.ts';
import type { Token } from './tokens.ts';

/** For so long a link from a letter sets a new password. */
export const recoveryMinutes = 30;

export type RecoveryLinks = {
  readonly recover: (token: string) => string;
  readonly signUp: string;
};

/**
 * Writes to an address: a link that sets a new password, or, where there is no account, that there is none. Does the
 * same work in both cases, so that neither the answer nor its time tells which it was. Nothing changes until the link
 * is used. The letter goes to the address that the account has, not to the one that was typed and is merely alike.
 * @throws Problem `too-many`
 */
export async function requestRecovery(
  op: Operation,
  wish: { readonly email: string; readonly language: Language },
  links: RecoveryLinks,
): Promise<void> {
  const to = normalised(wish.email);
  await countLetter(op, { kind: 'recovery', to, from: op.network });
  const holder = await op.vault.ownerOf({ kind: 'account-email', value: wish.email });
  const found = await findAccount(op, holder ?? newOwnerId());
  const owner = found?.owner ?? (await dayOwner(op));
  const opener = await op.vault.openFor(op, owner, ['credentials']);
  const email = found ? opener.open(account, owner, found.sealed).email : wish.email;
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    const token = newToken(owner, newRowId(write.now));
    const words = accessMailText[wish.language];
    const { subject, text } = found ? words.recover : words.noAccount;
    const link = found ? links.recover(writeToken(token)) : links.signUp;
    const letter = { subject, text: text(notice.controller.name, link), language: wish.language };
    const message_id = await writeMail(write, sealer, { ...letter, email });
    await insertRecovery(write, sealer, token, { to, message_id });
  });
}

/** A link that can set a new password; `needsCode` where the account has two steps. */
export type Recovery = {
  readonly owner: OwnerId;
  readonly recoveryId: RowId;
  readonly email: string;
  readonly name: string;
  readonly needsCode: boolean;
};

/** What a link leads to; null when it was used, is too old, or never was: they look alike. */
export async function findRecovery(op: Operation, tokenText: string): Promise<Recovery | null> {
  const token = readToken(tokenText);
  if (token === null) return null;
  const row = await op.db
    .selectFrom('accounts.recovery as r')
    .innerJoin('vault.owner as o', 'o.owner_id', 'r.owner_id')
    .select('r.token_hash')
    .where('r.owner_id', '=', token.owner)
    .where('r.recovery_id', '=', token.row)
    .where('r.created_at', '>', op.now.subtract({ minutes: recoveryMinutes }))
    .where('o.kind', '=', 'account')
    .where('o.fenced_at', 'is', null)
    .executeTakeFirst();
  if (!row || !isTokenOf(op.vault, 'recovery', token, row.token_hash)) return null;
  const opener = await op.vault.openFor(op, token.owner, ['credentials']);
  const { email, name } = await readAccount(op, opener);
  const needsCode = await hasSecondFactor(op, token.owner);
  return { owner: token.owner, recoveryId: token.row, email, name, needsCode };
}

/**
 * Sets a new password by a link, and a code where the account has two steps: recovery replaces what was forgotten and
 * nothing else. Every device is signed out, nobody is signed in, other links stop working, and a letter tells of it.
 * @throws Problem `conflict` when the link was used meanwhile, `too-many` codes
 */
export async function resetPassword(
  op: Operation,
  found: Recovery,
  { password, code }: { readonly password: string; readonly code: string },
): Promise<'done' | 'wrong-code'> {
  const { owner } = found;
  if (found.needsCode && !(await isSecondFactor(op, owner, code, 'recovery'))) return 'wrong-code';
  const tell = await tellingOf(op, owner, 'password-recovered');
  const password_hash = await hashPassword(password);
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    await takeRecovery(write, found);
    await putPassword(write, sealer, password_hash);
    await endAllSessions(write, owner);
    await tell(write, sealer);
  });
  await forgetGuesses(op, guessOfSignIn(op, 'account-email', found.email));
  await forgetGuesses(op, guessOfOwner(op, owner));
  return 'done';
}

/** Of two who use a link at once, one gets its row. */
async function takeRecovery(
  write: WriteOperation,
  { owner, recoveryId }: Pick<Recovery, 'owner' | 'recoveryId'>,
): Promise<void> {
  const taken = await write.db
    .deleteFrom('accounts.recovery')
    .where('owner_id', '=', owner)
    .where('recovery_id', '=', recoveryId)
    .executeTakeFirst();
  if (taken.numDeletedRows === 0n) throw new Problem('conflict', 'The link has been used.');
}

/** The account that an owner has, unless it is being erased. */
async function findAccount(op: Operation, owner: OwnerId) {
  const row = await op.db
    .selectFrom('accounts.account as a')
    .innerJoin('vault.owner as o', 'o.owner_id', 'a.owner_id')
    .select(['a.owner_id', 'a.sealed'])
    .where('a.owner_id', '=', owner)
    .where('o.fenced_at', 'is', null)
    .executeTakeFirst();
  return row ? { owner: row.owner_id, sealed: row.sealed } : null;
}

async function insertRecovery(
  write: WriteOperation,
  sealer: Sealer,
  token: Token,
  { to, message_id }: { readonly to: string; readonly message_id: RowId },
): Promise<void> {
  await write.db
    .insertInto('accounts.recovery')
    .values({
      owner_id: sealer.owner,
      recovery_id: token.row,
      message_id,
      address_mac: recoveryAddressMac(sealer, to),
      token_hash: hashOf(write.vault, 'recovery', token),
      created_at: write.now,
    })
    .execute();
}

/** By which the letters to one address are found again within a day. */
export function recoveryAddressMac(sealer: Sealer, address: string): Uint8Array {
  return sealer.mac('recovery address', address);
}
