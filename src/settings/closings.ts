import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { OwnerId, RowId } from '../ids.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { accountStay } from '../policy/keeping.ts';
import { dueAt } from './keeping.ts';

/** An account whose time is coming to its end, with what has been said about it so far. */
export type Closing = {
  readonly owner: OwnerId;
  /** What the choice and the last use give. */
  readonly dueAt: Temporal.Instant;
  readonly choice: 'unused' | 'until-date';
  readonly chosenAt: Temporal.Instant | null;
  /** What the letters about this very closing said; null before the first of them. */
  readonly told: {
    readonly closesAt: Temporal.Instant;
    readonly beganAt: Temporal.Instant;
    readonly month: Letter;
    readonly week: Letter | null;
  } | null;
  readonly hasUndelivered: boolean;
};

export type Letter = {
  readonly messageId: RowId;
  readonly writtenAt: Temporal.Instant;
  /** When the mail server took it; null while it waits, and when it was refused. */
  readonly sentAt: Temporal.Instant | null;
  /** Does it still wait to be sent? */
  readonly isWaiting: boolean;
};

type Row = {
  readonly owner_id: OwnerId;
  readonly due_at: Temporal.Instant;
  readonly choice: Closing['choice'] | null;
  readonly chosen_at: Temporal.Instant | null;
  readonly is_told: boolean | null;
  readonly closes_at: Temporal.Instant | null;
  readonly began_at: Temporal.Instant | null;
  readonly month_letter_id: RowId | null;
  readonly month_letter_at: Temporal.Instant | null;
  readonly month_sent_at: Temporal.Instant | null;
  readonly month_waits: boolean;
  readonly week_letter_id: RowId | null;
  readonly week_letter_at: Temporal.Instant | null;
  readonly week_sent_at: Temporal.Instant | null;
  readonly week_waits: boolean;
  readonly undelivered: boolean;
};

/**
 * Accounts that are due at a moment, the longest due first. Those whose customers have restricted the handling of
 * their data are not among them: they may need it (GDPR Art. 18), and what is restricted is not erased.
 */
export async function closingsUntil(
  op: Operation,
  moment: Temporal.Instant,
  limit: number,
): Promise<Closing[]> {
  const { rows } = await sql<Row>`
    ${closingRows(candidates(moment))} and ${dueAt} <= ${moment}
    order by due_at, a.owner_id limit ${limit}`.execute(op.db);
  return rows.map(closingOf);
}

/** The same as `closingsUntil`, found without the help of an index: for the proof, which trusts nobody. */
export async function allClosingsBefore(
  op: Operation,
  moment: Temporal.Instant,
): Promise<Closing[]> {
  const all = sql`select owner_id from accounts.account`;
  const { rows } = await sql<Row>`
    ${closingRows(all)} and ${dueAt} < ${moment}`.execute(op.db);
  return rows.map(closingOf);
}

/**
 * The same of one account, whose row stays locked until the transaction ends: nobody uses it, and nobody else decides
 * about it, meanwhile. Null when it is not closing.
 */
export async function lockClosing(write: WriteOperation, owner: OwnerId): Promise<Closing | null> {
  await write.db
    .selectFrom('accounts.account')
    .select('owner_id')
    .where('owner_id', '=', owner)
    .forUpdate()
    .execute();
  // Read after the lock was taken, so that what another one has done meanwhile is seen.
  const { rows } = await sql<Row>`
    ${closingRows(sql`select ${owner}::uuid`)} and ${dueAt} is not null`.execute(write.db);
  return rows[0] ? closingOf(rows[0]) : null;
}

/** All that could be due by then, found by its indexes; a choice of months is one of those that are offered. */
function candidates(moment: Temporal.Instant): RawBuilder<unknown> {
  const shortest = Math.min(...accountStay.offeredMonths, accountStay.unusedMonths);
  // A day more than the calendar can make of it.
  const usedBefore = moment
    .toZonedDateTimeISO('UTC')
    .subtract({ months: shortest })
    .add({ days: 4 })
    .toInstant();
  return sql`
    select owner_id from accounts.account where used_at < ${usedBefore}
    union all
    select owner_id from settings.keeping where choice = 'until-date' and closes_at <= ${moment}`;
}

function closingRows(owners: RawBuilder<unknown>): RawBuilder<Row> {
  return sql<Row>`
    select a.owner_id, ${dueAt} as due_at, k.choice, k.chosen_at,
      c.counted_to = ${dueAt} as is_told, c.closes_at, c.began_at,
      c.month_letter_id, c.month_letter_at, ${sentAt(sql`c.month_letter_id`)} as month_sent_at,
      ${waits(sql`c.month_letter_id`)} as month_waits,
      c.week_letter_id, c.week_letter_at, ${sentAt(sql`c.week_letter_id`)} as week_sent_at,
      ${waits(sql`c.week_letter_id`)} as week_waits,
      exists (select from history.order h
              where h.owner_id = a.owner_id and h.state = 'placed') as undelivered
    from accounts.account a
    join vault.owner o on o.owner_id = a.owner_id and o.fenced_at is null
    left join settings.keeping k on k.owner_id = a.owner_id
    left join settings.closing c on c.owner_id = a.owner_id
    where a.owner_id in (${owners})
      and not exists (select from vault.stop s where s.owner_id = a.owner_id
                      and s.purpose = 'keeping' and s.ground = 'restriction')`;
}

/** What the register of disclosures says: only that the mail server took it counts. */
function sentAt(letter: RawBuilder<unknown>): RawBuilder<Temporal.Instant | null> {
  return sql`(select min(x.told_at) from recipients.disclosure d
    join recipients.outcome x on x.owner_id = d.owner_id and x.disclosure_id = d.disclosure_id
    where d.owner_id = a.owner_id and d.row_id = ${letter} and x.outcome = 'accepted')`;
}

function waits(letter: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`exists (select from messages.outbox m
    where m.owner_id = a.owner_id and m.message_id = ${letter})`;
}

function closingOf(row: Row): Closing {
  const { closes_at: closesAt, began_at: beganAt } = row;
  const month = letterOf(row, 'month');
  const isTold = row.is_told === true && closesAt !== null && beganAt !== null && month !== null;
  return {
    owner: row.owner_id,
    dueAt: row.due_at,
    choice: row.choice ?? 'unused',
    chosenAt: row.chosen_at,
    told: isTold ? { closesAt, beganAt, month, week: letterOf(row, 'week') } : null,
    hasUndelivered: row.undelivered,
  };
}

function letterOf(row: Row, which: 'month' | 'week'): Letter | null {
  const messageId = row[`${which}_letter_id`];
  const writtenAt = row[`${which}_letter_at`];
  if (messageId === null || writtenAt === null) return null;
  const sent = { sentAt: row[`${which}_sent_at`], isWaiting: row[`${which}_waits`] };
  return { messageId, writtenAt, ...sent };
}
