import type { InvitationKind, StaffRole } from '../database/records.ts';
import { newOwnerId, newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { writeMail } from '../messages/outbox.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { notice } from '../policy/notice.ts';
import { Problem } from '../problem.ts';
import type { Language } from '../text/bilingual.ts';
import { staffLettersFor } from '../text/console-staff-letters.ts';
import { addOwner } from '../vault/vault.ts';
import type { Sealer } from '../vault/vault.ts';
import { endAllEngagements } from './engagements.ts';
import { invitation } from './holdings.ts';
import { hashOf, isTokenOf, newToken, readToken, writeToken } from './tokens.ts';

/** How long a link is good for: a working day and the night before it, and not a week in somebody's mailbox. */
export const invitationHours = 48;

/** Who is invited, and what they may do. The role is sealed: nobody who writes to the records can raise it. */
export type Invited = {
  readonly email: string;
  readonly name: string;
  readonly role: StaffRole;
};

/** How the link reaches the invited: by a letter in a language. Without one whoever asked hands it over. */
export type StaffLetter = {
  readonly language: Language;
  readonly linkOf: (token: string) => string;
};

/** An invitation for whoever holds its link. */
export type Invitation = Invited & {
  readonly owner: OwnerId;
  readonly invitationId: RowId;
  readonly kind: InvitationKind;
};

/** An invitation as administrators see it. */
export type OpenInvitation = Invitation & {
  readonly sentAt: Temporal.Instant;
  readonly isOver: boolean;
};

const invitationsMax = 200;

/**
 * Invites somebody to work here. Until the link is used there is nobody who could sign in. `also` writes what belongs to
 * the invitation, in its transaction.
 * @returns the token of the link, which is stored only as a hash
 * @throws Problem `conflict` when the address has an invitation or a member of staff already
 */
export async function inviteStaff(
  op: Operation,
  person: Invited,
  letter: StaffLetter | null,
  also: (write: WriteOperation, owner: OwnerId) => Promise<void> = () => Promise.resolve(),
): Promise<string> {
  const owner = await claimAddress(op, person.email);
  return inTransaction(op, async (write) => {
    await addOwner(write, owner, 'staff');
    const sealer = await write.vault.sealFor(write, owner);
    await also(write, owner);
    return writeInvitation(write, sealer, { ...person, kind: 'new' }, letter);
  });
}

/** Writes a new invitation under its owner's key and, where there is a letter, the letter with its link. */
export async function writeInvitation(
  write: WriteOperation,
  sealer: Sealer,
  { kind, email, name, role }: Invited & { readonly kind: InvitationKind },
  letter: StaffLetter | null,
): Promise<string> {
  const invitation_id = newRowId(write.now);
  const token = newToken(sealer.owner, invitation_id);
  await write.db
    .insertInto('accounts.invitation')
    .values({
      owner_id: sealer.owner,
      invitation_id,
      kind,
      sent_at: write.now,
      token_hash: hashOf(write.vault, 'invitation', token),
      sealed: sealer.seal(invitation, invitation_id, { email, name, role }),
    })
    .execute();
  const text = writeToken(token);
  if (letter !== null) await writeLetter(write, sealer, { kind, email, role }, letter, text);
  return text;
}

async function writeLetter(
  write: WriteOperation,
  sealer: Sealer,
  { kind, email, role }: Pick<Invited, 'email' | 'role'> & { readonly kind: InvitationKind },
  { language, linkOf }: StaffLetter,
  token: string,
): Promise<void> {
  const { subject, text } = staffLettersFor(role, language)[kind];
  const company = notice.controller.name;
  const letter = { subject: subject(company), text: text(company, linkOf(token)) };
  await writeMail(write, sealer, { email, language, ...letter });
}

/**
 * Sends a new link; the old one leads nowhere from then on.
 * @throws Problem `not-found` when there is no invitation, `conflict` when it was answered or withdrawn meanwhile
 */
export async function sendInvitationAgain(
  op: Operation,
  owner: OwnerId,
  letter: StaffLetter | null,
): Promise<string> {
  const found = await readInvitation(op, owner);
  return inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    await takeInvitation(write, found);
    await forgetWaitingLetters(write, owner);
    return writeInvitation(write, sealer, found, letter);
  });
}

/**
 * Takes back an invitation of somebody new: the link leads nowhere, the address is free, and what was known about the
 * person goes with the next round of the routine that ends such owners.
 * @throws Problem `conflict` when it was answered or withdrawn meanwhile
 */
export async function withdrawInvitation(op: Operation, owner: OwnerId): Promise<void> {
  await inTransaction(op, async (write) => {
    const withdrawn = await write.db
      .deleteFrom('accounts.invitation')
      .where('owner_id', '=', owner)
      .where('kind', '=', 'new')
      .returning('invitation_id')
      .executeTakeFirst();
    if (!withdrawn) throw new Problem('conflict', 'The invitation is not open any more.');
    await forgetWaitingLetters(write, owner);
    await endAllEngagements(write, owner);
    // Last, inside the transaction: what cannot be committed leaves an address that leads nowhere, and is repeated.
    await write.vault.forgetClaims(owner);
  });
}

/** The invitation that a link leads to; null when it was used, withdrawn, renewed or is too old, and for no link at all. */
export async function findInvitation(op: Operation, tokenText: string): Promise<Invitation | null> {
  const token = readToken(tokenText);
  if (token === null) return null;
  const row = await op.db
    .selectFrom('accounts.invitation as i')
    .innerJoin('vault.owner as o', 'o.owner_id', 'i.owner_id')
    .select(['i.kind', 'i.token_hash', 'i.sealed'])
    .where('i.owner_id', '=', token.owner)
    .where('i.invitation_id', '=', token.row)
    .where('i.sent_at', '>', op.now.subtract({ hours: invitationHours }))
    .where('o.fenced_at', 'is', null)
    .executeTakeFirst();
  if (!row || !isTokenOf(op.vault, 'invitation', token, row.token_hash)) return null;
  const opener = await op.vault.openFor(op, token.owner, ['staff']);
  const { email, name, role } = opener.open(invitation, token.row, row.sealed);
  const where = { owner: token.owner, invitationId: token.row, kind: row.kind };
  return { ...where, email, name, role: role as StaffRole };
}

/**
 * Of two who use a link at once, one gets its row.
 * @throws Problem `conflict` for the other
 */
export async function takeInvitation(
  write: WriteOperation,
  { owner, invitationId }: Pick<Invitation, 'owner' | 'invitationId'>,
): Promise<void> {
  const taken = await write.db
    .deleteFrom('accounts.invitation')
    .where('owner_id', '=', owner)
    .where('invitation_id', '=', invitationId)
    .returning('invitation_id')
    .executeTakeFirst();
  if (!taken) throw new Problem('conflict', 'The link has been used.');
}

/**
 * Everybody who has been invited and has not answered: to work here, or to perform services. Each of them sees that an
 * administrator has looked.
 */
export async function listInvitations(
  op: Operation,
  as: 'staff' | 'provider',
): Promise<OpenInvitation[]> {
  const rows = await op.db
    .selectFrom('accounts.invitation as i')
    .innerJoin('vault.owner as o', 'o.owner_id', 'i.owner_id')
    .select(['i.owner_id', 'i.invitation_id', 'i.kind', 'i.sent_at', 'i.sealed'])
    .where('i.kind', '=', 'new')
    .where('o.fenced_at', 'is', null)
    // The role is sealed; who performs services has an engagement from the invitation on.
    .where(({ exists, not, selectFrom }) => {
      const engaged = exists(
        selectFrom('accounts.engagement as e')
          .select('e.owner_id')
          .whereRef('e.owner_id', '=', 'i.owner_id'),
      );
      return as === 'provider' ? engaged : not(engaged);
    })
    .orderBy('i.sent_at', 'desc')
    .limit(invitationsMax)
    .execute();
  return Promise.all(rows.map((row) => openInvitation(op, row)));
}

/** @throws Problem `not-found` */
export async function readInvitation(op: Operation, owner: OwnerId): Promise<OpenInvitation> {
  const row = await op.db
    .selectFrom('accounts.invitation as i')
    .innerJoin('vault.owner as o', 'o.owner_id', 'i.owner_id')
    .select(['i.owner_id', 'i.invitation_id', 'i.kind', 'i.sent_at', 'i.sealed'])
    .where('i.owner_id', '=', owner)
    .where('o.fenced_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw new Problem('not-found');
  return openInvitation(op, row);
}

type Row = {
  readonly owner_id: OwnerId;
  readonly invitation_id: RowId;
  readonly kind: InvitationKind;
  readonly sent_at: Temporal.Instant;
  readonly sealed: Uint8Array;
};

async function openInvitation(op: Operation, row: Row): Promise<OpenInvitation> {
  const opener = await op.vault.openFor(op, row.owner_id, ['staff']);
  const { email, name, role } = opener.open(invitation, row.invitation_id, row.sealed);
  const end = row.sent_at.add({ hours: invitationHours });
  return {
    owner: row.owner_id,
    invitationId: row.invitation_id,
    kind: row.kind,
    email,
    name,
    role: role as StaffRole,
    sentAt: row.sent_at,
    isOver: Temporal.Instant.compare(op.now, end) >= 0,
  };
}

/** A key without records is an invitation that was cut off: the next one takes it up. */
async function claimAddress(op: Operation, email: string): Promise<OwnerId> {
  const claim = { kind: 'staff-email', value: email } as const;
  const holder = await op.vault.ownerOf(claim);
  if (holder === null) {
    const owner = newOwnerId();
    await op.vault.createKey(op, owner, [claim]);
    return owner;
  }
  const known = await op.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('owner_id', '=', holder)
    .executeTakeFirst();
  if (known) throw new Problem('conflict', 'The address is invited or belongs to somebody here.');
  return holder;
}

/** A letter that has not left yet carries a link that leads nowhere any more. */
export async function forgetWaitingLetters(write: WriteOperation, owner: OwnerId): Promise<void> {
  await write.db.deleteFrom('messages.outbox').where('owner_id', '=', owner).execute();
}
