import type { Channel, Records } from '../database/records.ts';
import { isUniqueViolation } from '../database/unique-violation.ts';
import type { RowId } from '../ids.ts';
import { newRowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { eeaCountries, isRecipientCategory } from '../policy/rules.ts';
import type { RecipientCategoryName } from '../policy/recipients.ts';
import { Problem } from '../problem.ts';

export type Agreement = {
  readonly agreementId: RowId;
  readonly signedOn: Temporal.PlainDate;
  readonly validFrom: Temporal.PlainDate;
  readonly endedOn: Temporal.PlainDate | null;
};

/** A recipient in the register, with the agreement that is valid on the day it was read for. */
export type Recipient = {
  readonly recipientId: RowId;
  readonly category: string;
  readonly name: string;
  readonly country: string;
  readonly role: 'processor' | 'controller';
  readonly channel: Channel | null;
  readonly transferTool: string | null;
  readonly transferValidUntil: Temporal.PlainDate | null;
  readonly noticeUrl: string | null;
  readonly erasureUrl: string | null;
  readonly agreements: readonly Agreement[];
};

/** Why nothing may go to a recipient today. The words for people are in `text/`. */
export type Obstacle =
  'no-recipient' | 'category-not-in-notice' | 'no-agreement' | 'no-transfer-tool' | 'no-notice';

/** Every recipient, by name. There are few: a register of companies, not of people. */
export async function listRecipients(db: Records): Promise<Recipient[]> {
  const rows = await db.selectFrom('recipients.recipient').selectAll().orderBy('name').execute();
  const agreements = await db
    .selectFrom('recipients.agreement')
    .selectAll()
    .orderBy('valid_from', 'desc')
    .execute();
  return rows.map((row) => ({
    recipientId: row.recipient_id,
    category: row.category,
    name: row.name,
    country: row.country,
    role: row.role,
    channel: row.channel,
    transferTool: row.transfer_tool,
    transferValidUntil: row.transfer_valid_until,
    noticeUrl: row.notice_url,
    erasureUrl: row.erasure_url,
    agreements: agreements
      .filter((agreement) => agreement.recipient_id === row.recipient_id)
      .map((agreement) => ({
        agreementId: agreement.agreement_id,
        signedOn: agreement.signed_on,
        validFrom: agreement.valid_from,
        endedOn: agreement.ended_on,
      })),
  }));
}

export async function recipientByChannel(db: Records, channel: Channel): Promise<Recipient | null> {
  return (await listRecipients(db)).find((recipient) => recipient.channel === channel) ?? null;
}

export async function findRecipient(db: Records, recipientId: RowId): Promise<Recipient | null> {
  return (await listRecipients(db)).find((found) => found.recipientId === recipientId) ?? null;
}

/** The agreement that holds on a day. Half-open: it holds on its first day and not on the day it ended. */
export function agreementOn(recipient: Recipient, day: Temporal.PlainDate): Agreement | null {
  const { compare } = Temporal.PlainDate;
  return (
    recipient.agreements.find(
      ({ validFrom, endedOn }) =>
        compare(validFrom, day) <= 0 && (endedOn === null || compare(day, endedOn) < 0),
    ) ?? null
  );
}

/** What stands in the way of handing anything to this recipient on a day; null when nothing does. */
export function obstacleTo(recipient: Recipient | null, day: Temporal.PlainDate): Obstacle | null {
  if (recipient === null) return 'no-recipient';
  if (!isRecipientCategory(recipient.category)) return 'category-not-in-notice';
  if (recipient.role === 'processor' && agreementOn(recipient, day) === null) return 'no-agreement';
  if (recipient.role === 'controller' && recipient.noticeUrl === null) return 'no-notice';
  if (!eeaCountries.includes(recipient.country) && !hasTransferTool(recipient, day)) {
    return 'no-transfer-tool';
  }
  return null;
}

/** The day it is where the company is. */
export function today(now: Temporal.Instant): Temporal.PlainDate {
  return now.toZonedDateTimeISO('Europe/Stockholm').toPlainDate();
}

export type NewRecipient = Omit<Recipient, 'recipientId' | 'agreements' | 'category'> & {
  readonly category: RecipientCategoryName;
};

/** @throws Problem `conflict` when somebody else serves the channel already */
export async function addRecipient(op: Operation, recipient: NewRecipient): Promise<RowId> {
  const recipient_id = newRowId(op.now);
  await refusingConflict(
    op.db
      .insertInto('recipients.recipient')
      .values({ recipient_id, ...columnsOf(recipient) })
      .execute(),
  );
  return recipient_id;
}

/**
 * Writes down what has changed about a recipient. What it was given before stays in the list of disclosures.
 * @throws Problem `not-found`, or `conflict` when somebody else serves the channel already
 */
export async function changeRecipient(
  op: Operation,
  recipientId: RowId,
  recipient: NewRecipient,
): Promise<void> {
  const changed = await refusingConflict(
    op.db
      .updateTable('recipients.recipient')
      .set(columnsOf(recipient))
      .where('recipient_id', '=', recipientId)
      .executeTakeFirstOrThrow(),
  );
  if (changed.numUpdatedRows !== 1n) throw new Problem('not-found');
}

function columnsOf(recipient: NewRecipient) {
  return {
    category: recipient.category,
    name: recipient.name,
    country: recipient.country,
    role: recipient.role,
    channel: recipient.channel,
    transfer_tool: recipient.transferTool,
    transfer_valid_until: recipient.transferValidUntil,
    notice_url: recipient.noticeUrl,
    erasure_url: recipient.erasureUrl,
  };
}

/** A channel has one recipient, so that a message has one way out. */
async function refusingConflict<T>(written: Promise<T>): Promise<T> {
  try {
    return await written;
  } catch (error) {
    throw isUniqueViolation(error)
      ? new Problem('conflict', 'Somebody else serves the channel.')
      : error;
  }
}

/** Notes a signed agreement that holds from a day on. */
export async function addAgreement(
  op: Operation,
  recipientId: RowId,
  dates: { readonly signedOn: Temporal.PlainDate; readonly validFrom: Temporal.PlainDate },
): Promise<void> {
  await op.db
    .insertInto('recipients.agreement')
    .values({
      agreement_id: newRowId(op.now),
      recipient_id: recipientId,
      signed_on: dates.signedOn,
      valid_from: dates.validFrom,
      ended_on: null,
    })
    .execute();
}

export type AgreementDates = {
  readonly signedOn: Temporal.PlainDate;
  readonly validFrom: Temporal.PlainDate;
};

/**
 * Notes an agreement that both have signed; today, where no other dates are given. The very same one a second time is no second agreement.
 * @throws Problem `not-found` for an unknown recipient, `conflict` when another agreement holds on its first day
 */
export async function signAgreement(
  op: Operation,
  recipientId: RowId,
  dates: AgreementDates = { signedOn: today(op.now), validFrom: today(op.now) },
): Promise<void> {
  await inTransaction(op, async (write) => {
    await write.db
      .selectFrom('recipients.recipient')
      .select('recipient_id')
      .where('recipient_id', '=', recipientId)
      .forNoKeyUpdate()
      .execute();
    const recipient = await findRecipient(write.db, recipientId);
    if (recipient === null) throw new Problem('not-found');
    const holding = agreementOn(recipient, dates.validFrom);
    if (holding !== null && isSame(holding, dates)) return;
    if (holding !== null) throw new Problem('conflict', 'Another agreement holds on that day.');
    await addAgreement(write, recipientId, dates);
  });
}

function isSame(agreement: Agreement, { signedOn, validFrom }: AgreementDates): boolean {
  return agreement.signedOn.equals(signedOn) && agreement.validFrom.equals(validFrom);
}

/** Ends the agreements that hold today. From now on the gate lets nothing out to this recipient. */
export async function endAgreement(op: Operation, recipientId: RowId): Promise<void> {
  const day = today(op.now);
  await op.db
    .updateTable('recipients.agreement')
    .set({ ended_on: day })
    .where('recipient_id', '=', recipientId)
    .where('valid_from', '<=', day)
    .where((row) => row.or([row('ended_on', 'is', null), row('ended_on', '>', day)]))
    .execute();
}

function hasTransferTool(recipient: Recipient, day: Temporal.PlainDate): boolean {
  const { transferTool, transferValidUntil } = recipient;
  if (transferTool === null) return false;
  return transferValidUntil === null || Temporal.PlainDate.compare(day, transferValidUntil) <= 0;
}
