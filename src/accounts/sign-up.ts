import { newOwnerId, newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { adoptLetters } from '../messages/adopt.ts';
import { writeMail } from '../messages/outbox.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { notice } from '../policy/notice.ts';
import type { Language } from '../text/bilingual.ts';
import { mailText } from '../text/mail.ts';
import { dayOwner, livingDays } from '../vault/day.ts';
import type { Passed } from '../vault/owner-keys.ts';
import { normalised } from '../vault/owner-keys.ts';
import { addOwner } from '../vault/vault.ts';
import type { Sealer } from '../vault/vault.ts';
import { countLetter } from './attempts.ts';
import { account, credential, signup } from './holdings.ts';
import { hashPassword } from './passwords.ts';
import { recoveryAddressMac } from './recovery.ts';
import { beginSession } from './sessions.ts';
import { hashOf, isTokenOf, newToken, readToken, writeToken } from './tokens.ts';
import type { Token } from './tokens.ts';

export const confirmationHours = 24;

/** Pages that letters lead to; built from the configured origin, never from the request's Host header. */
export type Links = { readonly confirm: (token: string) => string; readonly signIn: string };

/**
 * Takes an address and writes to it: a link that confirms it, or, where it has an account, that it has one. Does the
 * same work in both cases, so that neither the answer nor its time tells which it was.
 */
export async function requestSignUp(
  op: Operation,
  wish: { readonly email: string; readonly language: Language },
  links: Links,
): Promise<void> {
  await countLetter(op, { kind: 'sign-up', to: normalised(wish.email), from: op.network });
  const owner = await op.vault.ownerOf({ kind: 'account-email', value: wish.email });
  const found = await findOwner(op, owner ?? newOwnerId());
  const isTaken = found !== null && !found.isLeaving;
  // A key without an account is a sign-up that was cut off: the next one takes it up. Who is leaving begins anew.
  const accountId = found === null && owner !== null ? owner : newOwnerId();
  const day = await dayOwner(op);
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, day);
    // A letter to a customer is the customer's; one to an address that nobody has confirmed is its day's.
    const addressee = await write.vault.sealFor(write, isTaken && owner !== null ? owner : day);
    const signup_id = newRowId(write.now);
    const token = newToken(day, signup_id);
    const words = mailText[wish.language];
    const { subject, text } = isTaken ? words.already : words.confirm;
    const link = isTaken ? links.signIn : links.confirm(writeToken(token));
    const letter = { subject, text: text(notice.controller.name, link) };
    const message_id = await writeMail(write, addressee, { ...wish, ...letter });
    await insertSignup(write, sealer, token, { ...wish, accountId, message_id });
  });
}

/** An address that is waiting to be confirmed, for who holds the link; null when it was used or is too old. */
export type Signup = {
  readonly day: OwnerId;
  readonly signupId: RowId;
  readonly accountId: OwnerId;
  readonly email: string;
  readonly language: Language;
};

export async function findSignup(op: Operation, tokenText: string): Promise<Signup | null> {
  const token = readToken(tokenText);
  if (token === null) return null;
  const row = await op.db
    .selectFrom('accounts.signup')
    .select(['account_id', 'token_hash', 'sealed'])
    .where('owner_id', '=', token.owner)
    .where('signup_id', '=', token.row)
    .where('created_at', '>', op.now.subtract({ hours: confirmationHours }))
    .executeTakeFirst();
  if (!row || !isTokenOf(op.vault, 'sign-up', token, row.token_hash)) return null;
  const opener = await op.vault.openFor(op, token.owner, ['credentials']);
  const { email, language } = opener.open(signup, token.row, row.sealed);
  return {
    day: token.owner,
    signupId: token.row,
    accountId: row.account_id,
    email,
    language: language as Language,
  };
}

/**
 * Makes the account of a confirmed address and signs its customer in. The key and the address are claimed first, in
 * one transaction of the keys store; a crash after that is taken up by the next try.
 * @returns the token of the new session
 * @throws Problem `conflict` when the link was used meanwhile or the address got an account in another way
 */
export async function confirmSignUp(
  op: Operation,
  found: Signup,
  choice: { readonly name: string; readonly password: string; readonly device: string },
  passed: Passed = () => undefined,
): Promise<string> {
  const { name, password, device } = choice;
  const hash = await hashPassword(password);
  return openAccount(op, found, { name, hash, device }, passed);
}

/** The same with a password that is hashed already. */
export async function openAccount(
  op: Operation,
  found: Signup,
  choice: { readonly name: string; readonly hash: string; readonly device: string },
  passed: Passed,
): Promise<string> {
  await claimAddress(op, found);
  passed('key is created');
  return inTransaction(op, async (write) => {
    await takeSignup(write, found);
    await addOwner(write, found.accountId, 'account');
    const sealer = await write.vault.sealFor(write, found.accountId);
    await adoptEarlierLetters(write, sealer, found);
    await insertAccount(write, sealer, { ...found, ...choice });
    await insertPassword(write, sealer, choice.hash);
    const token = await beginSession(write, sealer, choice.device);
    passed('account is written');
    return token;
  });
}

export async function insertPassword(
  write: WriteOperation,
  sealer: Sealer,
  password_hash: string,
): Promise<void> {
  const credential_id = newRowId(write.now);
  await write.db
    .insertInto('accounts.credential')
    .values({
      owner_id: sealer.owner,
      credential_id,
      kind: 'password',
      changed_at: write.now,
      used_step: null,
      sealed: sealer.seal(credential, credential_id, { password_hash, one_time_secret: null }),
    })
    .execute();
}

async function claimAddress(op: Operation, { accountId, email }: Signup): Promise<void> {
  const claim = { kind: 'account-email', value: email } as const;
  const holder = await op.vault.ownerOf(claim);
  if (holder === null) await op.vault.createKey(op, accountId, [claim]);
  else if (holder !== accountId) throw new Problem('conflict', 'The address has an account.');
}

/** Of two clicks on the button, one gets the row; the other learns that the account is there. */
async function takeSignup(write: WriteOperation, found: Signup): Promise<void> {
  const taken = await write.db
    .selectFrom('accounts.signup')
    .select('signup_id')
    .where('owner_id', '=', found.day)
    .where('signup_id', '=', found.signupId)
    .forUpdate()
    .executeTakeFirst();
  if (!taken) throw new Problem('conflict', 'The link has been used.');
}

async function insertSignup(
  write: WriteOperation,
  sealer: Sealer,
  token: Token,
  wish: {
    readonly email: string;
    readonly language: Language;
    readonly accountId: OwnerId;
    readonly message_id: RowId;
  },
): Promise<void> {
  const { email, language, accountId, message_id } = wish;
  await write.db
    .insertInto('accounts.signup')
    .values({
      owner_id: sealer.owner,
      signup_id: token.row,
      account_id: accountId,
      message_id,
      address_mac: addressMac(sealer, email),
      token_hash: hashOf(write.vault, 'sign-up', token),
      created_at: write.now,
      sealed: sealer.seal(signup, token.row, { email, language }),
    })
    .execute();
}

/** Every letter of these days to the same address comes along, so that nothing of it is left when the account goes. */
async function adoptEarlierLetters(
  write: WriteOperation,
  sealer: Sealer,
  { email }: Signup,
): Promise<void> {
  for (const day of await livingDays(write)) {
    const of = await write.vault.sealFor(write, day);
    const signups = await write.db
      .deleteFrom('accounts.signup')
      .where('owner_id', '=', day)
      .where('address_mac', '=', addressMac(of, email))
      .returning('message_id')
      .execute();
    const recoveries = await write.db
      .deleteFrom('accounts.recovery')
      .where('owner_id', '=', day)
      .where('address_mac', '=', recoveryAddressMac(of, normalised(email)))
      .returning('message_id')
      .execute();
    await adoptLetters(
      write,
      day,
      [...signups, ...recoveries].map(({ message_id }) => message_id),
      sealer,
    );
  }
}

function addressMac(sealer: Sealer, email: string): Uint8Array {
  return sealer.mac('sign-up address', normalised(email));
}

async function insertAccount(
  write: WriteOperation,
  sealer: Sealer,
  { email, name, language }: { email: string; name: string; language: Language },
): Promise<void> {
  await write.db
    .insertInto('accounts.account')
    .values({
      owner_id: sealer.owner,
      created_at: write.now,
      used_at: write.now,
      sealed: sealer.seal(account, sealer.owner, {
        email,
        name,
        language,
        protected_identity: null,
      }),
    })
    .execute();
}

async function findOwner(
  op: Operation,
  owner: OwnerId,
): Promise<{ readonly isLeaving: boolean } | null> {
  const found = await op.db
    .selectFrom('vault.owner')
    .select('fenced_at')
    .where('owner_id', '=', owner)
    .executeTakeFirst();
  return found ? { isLeaving: found.fenced_at !== null } : null;
}
