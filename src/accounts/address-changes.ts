import { newOwnerId, newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { writeMail } from '../messages/outbox.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { notice } from '../policy/notice.ts';
import { isProblem } from '../problem.ts';
import type { Language } from '../text/bilingual.ts';
import { dateTime } from '../text/format.ts';
import { accessMailText } from '../text/mail-access.ts';
import { securityMailText } from '../text/mail-security.ts';
import { normalised } from '../vault/owner-keys.ts';
import type { Claim, Passed } from '../vault/owner-keys.ts';
import type { Sealer } from '../vault/vault.ts';
import { changeAccount, readAccount } from './account.ts';
import {
  dropChange,
  findChange,
  holdAccount,
  holdChange,
  insertChange,
  moveState,
} from './address-change-rows.ts';
import type { FoundChange } from './address-change-rows.ts';
import { countLetter } from './attempts.ts';
import { addressChange } from './holdings.ts';
import { forgetRecoveries } from './own-password.ts';
import { hashOf, newToken, writeToken } from './tokens.ts';

/** For so long the link at the new address works. */
export const changeHours = 24;
/** How long an interrupted change waits before it is taken up. */
const takenUpMinutes = 1;
const changesMax = 100;

export type AddressLinks = {
  readonly confirm: (token: string) => string;
  readonly undo: (token: string) => string;
  readonly signIn: string;
};

/** Pages that letters about a change of address lead to. */
export function addressLinksOf(origin: string): AddressLinks {
  return {
    confirm: (token) => `${origin}/change-email/${token}`,
    undo: (token) => `${origin}/undo-email/${token}`,
    signIn: `${origin}/sign-in`,
  };
}

/**
 * Writes to the new address: a link for the customer who asked, or, where it has an account already, that it has one.
 * The same work in both cases, so that a customer does not learn who else is one. A link asked for before stops working.
 * @returns `same` for the address that the account has, where nothing is written
 * @throws Problem `too-many`
 */
export async function askAddressChange(
  op: Operation,
  owner: OwnerId,
  wish: { readonly email: string; readonly language: Language },
  links: AddressLinks,
): Promise<'asked' | 'same'> {
  const to = normalised(wish.email);
  const opener = await op.vault.openFor(op, owner, ['credentials']);
  const { email: former_email } = await readAccount(op, opener);
  if (normalised(former_email) === to) return 'same';
  await countLetter(op, { kind: 'address change', to: owner, from: op.network });
  await countLetter(op, { kind: 'sign-up', to, from: op.network });
  const holder = await op.vault.ownerOf(claimOf(wish.email));
  const isTaken = await isLiving(op, holder ?? newOwnerId());
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    const addressee = await write.vault.sealFor(write, isTaken && holder !== null ? holder : owner);
    const token = newToken(owner, newRowId(write.now));
    await insertChange(write, sealer, token, { ...wish, former_email });
    const words = accessMailText[wish.language];
    const { subject, text } = isTaken ? words.addressTaken : words.confirmAddress;
    const link = isTaken ? links.signIn : links.confirm(writeToken(token));
    const letter = { subject, text: text(notice.controller.name, link) };
    await writeMail(write, addressee, { ...wish, ...letter });
  });
  return 'asked';
}

/** What a link at the new address leads to, for the very customer who asked; null for everybody else and when it is over. */
export async function findAddressChange(
  op: Operation,
  owner: OwnerId,
  tokenText: string,
): Promise<FoundChange | null> {
  const found = await findChange(op, tokenText, 'change of address', changeHours);
  return found?.owner === owner && found.state === 'asked' ? found : null;
}

/**
 * Moves the account to the new address. What is meant is written down first; then the address leads to the account in
 * the keys store; then the account shows it, and a letter goes to the former address. A crash in between is taken up.
 * @throws Problem `conflict` when the link was used meanwhile, or the address got an account of its own
 */
export async function confirmAddressChange(
  op: Operation,
  { owner, changeId }: Pick<FoundChange, 'owner' | 'changeId'>,
  links: AddressLinks,
  passed: Passed = () => undefined,
): Promise<void> {
  await finishPending(op, owner, links);
  await inTransaction(op, async (write) => {
    await write.vault.sealFor(write, owner);
    await moveState(write, owner, changeId, { from: 'asked', to: 'making' });
  });
  passed('the change is written down');
  await finishAddressChange(op, owner, changeId, links, passed);
}

/** Takes up changes that were interrupted. */
export async function finishAddressChanges(op: Operation, links: AddressLinks): Promise<number> {
  const due = await op.db
    .selectFrom('accounts.address_change as c')
    .innerJoin('vault.owner as o', 'o.owner_id', 'c.owner_id')
    .select(['c.owner_id', 'c.change_id'])
    .where('c.state', 'in', ['making', 'undoing'])
    .where('c.stated_at', '<=', op.now.subtract({ minutes: takenUpMinutes }))
    .where('o.fenced_at', 'is', null)
    .limit(changesMax)
    .execute();
  for (const { owner_id, change_id } of due) {
    try {
      await finishAddressChange(op, owner_id, change_id, links);
    } catch (error) {
      // Whoever is being erased needs no address any more; one that is taken stays where it is.
      if (!isProblem(error, 'fenced', 'conflict')) throw error;
    }
  }
  return due.length;
}

/** What was interrupted before comes first, or it would come after what is wished for now. */
export async function finishPending(
  op: Operation,
  owner: OwnerId,
  links: AddressLinks,
): Promise<void> {
  const pending = await op.db
    .selectFrom('accounts.address_change')
    .select('change_id')
    .where('owner_id', '=', owner)
    .where('state', 'in', ['making', 'undoing'])
    .orderBy('change_id')
    .execute();
  for (const { change_id } of pending) await finishAddressChange(op, owner, change_id, links);
}

/**
 * Does what was written down: forwards or, for one that is being undone, backwards. Doing it twice is as good as once.
 * @throws Problem `conflict` when the address got an account of its own meanwhile; then all stays as it was
 */
export async function finishAddressChange(
  op: Operation,
  owner: OwnerId,
  changeId: RowId,
  links: AddressLinks,
  passed: Passed = () => undefined,
): Promise<void> {
  const opener = await op.vault.openFor(op, owner, ['credentials']);
  try {
    await inTransaction(op, async (write) => {
      const sealer = await write.vault.sealFor(write, owner);
      await holdAccount(write, owner);
      const change = await holdChange(write, opener, changeId);
      if (change === null) return;
      const { email: current } = await readAccount(write, opener);
      const next = change.state === 'undoing' ? change.formerEmail : change.email;
      await write.vault.changeClaim(owner, claimOf(next));
      passed('the address leads to the account');
      await changeAccount(write, opener, { email: next });
      await forgetRecoveries(write, owner);
      if (change.state === 'undoing') await settleUndone(write, sealer, change, current);
      else await settleMade(write, sealer, change, current, links);
    });
  } catch (error) {
    if (isProblem(error, 'conflict')) await dropChange(op, owner, changeId);
    throw error;
  }
  passed('the account has the address');
}

/** The former address is told, with a link that undoes the change, and not told which the new one is. */
async function settleMade(
  write: WriteOperation,
  sealer: Sealer,
  { changeId, email, language }: FoundChange,
  former_email: string,
  links: AddressLinks,
): Promise<void> {
  const token = newToken(sealer.owner, changeId);
  const when = dateTime(write.now, language);
  const { subject, text } = accessMailText[language].addressChanged;
  const letter = text(notice.controller.name, when, links.undo(writeToken(token)));
  await writeMail(write, sealer, { email: former_email, language, subject, text: letter });
  await write.db
    .updateTable('accounts.address_change')
    .set({
      state: 'made',
      stated_at: write.now,
      undo_hash: hashOf(write.vault, 'undo a change of address', token),
      sealed: sealer.seal(addressChange, changeId, { email, former_email, language }),
    })
    .where('owner_id', '=', sealer.owner)
    .where('change_id', '=', changeId)
    .execute();
}

/**
 * The change goes, and with it every later one, which nobody but its maker wanted. Both addresses are told.
 */
async function settleUndone(
  write: WriteOperation,
  sealer: Sealer,
  { changeId, formerEmail, language }: FoundChange,
  email: string,
): Promise<void> {
  const when = dateTime(write.now, language);
  const company = notice.controller.name;
  const { subject, text } = accessMailText[language].addressTakenBack;
  await writeMail(write, sealer, { email, language, subject, text: text(company, when) });
  const words = securityMailText[language];
  const restored = words.changes['address-restored'];
  await writeMail(write, sealer, {
    email: formerEmail,
    language,
    subject: restored.subject,
    text: words.letter(restored.text, when, company),
  });
  await write.db
    .deleteFrom('accounts.address_change')
    .where('owner_id', '=', sealer.owner)
    .where('change_id', '>=', changeId)
    .execute();
}

export function claimOf(email: string): Claim {
  return { kind: 'account-email', value: email };
}

async function isLiving(op: Operation, owner: OwnerId): Promise<boolean> {
  const found = await op.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('owner_id', '=', owner)
    .where('fenced_at', 'is', null)
    .executeTakeFirst();
  return found !== undefined;
}
