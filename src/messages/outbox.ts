import { sql } from 'kysely';
import type { Records } from '../database/records.ts';
import { newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { isProblem } from '../problem.ts';
import { disclose, writeOutcome } from '../recipients/gate.ts';
import type { Handed } from '../recipients/gate.ts';
import { holding } from '../vault/holding.ts';
import type { Sealer } from '../vault/vault.ts';
import type { MailEnvelope, MailOutcome, Smtp } from './smtp.ts';

export const outbox = holding({
  table: 'messages.outbox',
  category: 'messages',
  owners: ['account', 'day', 'staff', 'erasure_case', 'guest_order', 'fiscal_year'],
  row: 'message_id',
  keep: 'message',
  since: 'written_at',
  clear: {
    owner_id: 'owner',
    message_id: 'id',
    channel: 'state',
    purpose: 'state',
    written_at: 'time',
    due_at: 'time',
    attempts: 'amount',
    held: 'state',
  },
  sealed: { email: 'text', subject: 'text', text: 'text', language: 'text' },
  exported: true,
});

export const departures = holding({
  table: 'messages.departure',
  category: 'traces',
  owners: ['account', 'day', 'staff', 'erasure_case', 'guest_order', 'fiscal_year'],
  row: 'departure_id',
  keep: 'trace',
  since: 'departed_at',
  clear: {
    owner_id: 'owner',
    departure_id: 'id',
    disclosure_id: 'reference',
    departed_at: 'time',
    channel: 'state',
  },
  sealed: null,
  exported: false,
});

export type Mail = {
  readonly email: string;
  readonly subject: string;
  readonly text: string;
  readonly language: 'sv' | 'en';
};

/** Where mail comes from: `Exempel AB <kund@example.se>`, and the domain of its Message-IDs. */
export type Sender = { readonly from: string; readonly domain: string };

/** Ends of addresses that nothing can ever be delivered to (RFC 6761, section 6.4): the probe customer has one. */
const nowhere = /[.@]invalid$/i;
/** Longer than any message is kept. */
export const neverSentDays = 30;
const longestWaitMinutes = 6 * 60;
const heldMinutes = 1;

/**
 * Writes a message to be sent, in the same transaction as what it tells of: both happen or neither.
 * @returns the id of the message
 */
export async function writeMail(op: WriteOperation, sealer: Sealer, mail: Mail): Promise<RowId> {
  const messageId = newRowId(op.now);
  await mailWrite(op, sealer, mail, messageId).execute();
  return messageId;
}

/** The same, to be sent together with others. */
export function mailWrite(
  { db, now }: WriteOperation,
  sealer: Sealer,
  mail: Mail,
  messageId: RowId = newRowId(now),
) {
  return db.insertInto('messages.outbox').values({
    owner_id: sealer.owner,
    message_id: messageId,
    channel: 'mail',
    purpose: 'service-message',
    written_at: now,
    due_at: nowhere.test(mail.email) ? now.add({ hours: neverSentDays * 24 }) : now,
    sealed: sealer.seal(outbox, messageId, mail),
  });
}

/**
 * Sends one message that is due, if there is one; false when nothing is. The row stays locked while it is on its way,
 * so that no other worker takes it and no erasure removes it before its outcome is known. A crash leaves it due.
 * What cannot be opened or handed over waits like a refused message and lets the others pass; its error is thrown.
 */
export async function sendNext(op: Operation, smtp: Smtp, sender: Sender): Promise<boolean> {
  const done = await op.db.transaction().execute(async (db) => {
    // A supplier may answer later than a transaction may otherwise stand still; the transport keeps its own time.
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(db);
    const due = await takeDue(db, op);
    if (!due) return null;
    const sent = await send(op, due, smtp, sender);
    if (sent === 'held') await hold(db, op, due);
    else if (sent === 'gone') await remove(db, due);
    else if ('fault' in sent) await wait(db, op, due);
    else await settle(db, op, due, sent.disclosureId, sent.result);
    return sent;
  });
  if (done !== null && typeof done !== 'string' && 'fault' in done) throw done.fault;
  return done !== null;
}

async function takeDue(db: Records, op: Operation): Promise<Due | undefined> {
  return db
    .selectFrom('messages.outbox')
    .select(['owner_id', 'message_id', 'attempts', 'sealed'])
    .where('due_at', '<=', op.now)
    .where('purpose', '=', op.purpose)
    .orderBy('due_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
}

type Sent =
  | 'held'
  | 'gone'
  | { readonly disclosureId: RowId; readonly result: MailOutcome }
  | { readonly fault: unknown };

async function send(op: Operation, due: Due, smtp: Smtp, sender: Sender): Promise<Sent> {
  try {
    const handed = await pass(op, due, sender);
    if (typeof handed === 'string') return handed;
    return { disclosureId: handed.disclosureId, result: await smtp.send(handed.content) };
  } catch (fault) {
    return { fault };
  }
}

type Due = {
  readonly owner_id: OwnerId;
  readonly message_id: RowId;
  readonly attempts: number;
  readonly sealed: Uint8Array;
};

/** Through the gate, outside the transaction that holds the row: a disclosure is committed before anything leaves. */
async function pass(
  op: Operation,
  due: Due,
  sender: Sender,
): Promise<Handed<MailEnvelope> | 'held' | 'gone'> {
  const messageId = `<${due.message_id}@${sender.domain}>`;
  try {
    return await disclose(op, {
      to: { channel: 'mail' },
      owner: due.owner_id,
      holding: outbox,
      row: due.message_id,
      sealed: due.sealed,
      reference: messageId,
      shape: ({ email, subject, text, language }) => ({
        from: sender.from,
        to: email,
        subject,
        text,
        messageId,
        language,
      }),
    });
  } catch (error) {
    if (isProblem(error, 'no-agreement', 'not-allowed', 'restricted', 'protected')) return 'held';
    if (isProblem(error, 'fenced')) return 'gone';
    throw error;
  }
}

async function settle(
  db: Records,
  op: Operation,
  due: Due,
  disclosureId: RowId,
  result: MailOutcome,
): Promise<void> {
  await writeOutcome({ ...op, db }, { owner: due.owner_id, disclosureId }, result.outcome);
  if (result.outcome === 'refused') {
    if (result.permanent) await remove(db, due);
    else await wait(db, op, due);
    return;
  }
  await db
    .insertInto('messages.departure')
    .values({
      owner_id: due.owner_id,
      departure_id: newRowId(op.now),
      disclosure_id: disclosureId,
      departed_at: op.now,
      channel: 'mail',
    })
    .execute();
  // An unknown outcome may have arrived. One mail too many is better than a confirmation that never came.
  if (result.outcome === 'unknown') await wait(db, op, due);
  else await remove(db, due);
}

/** Twice as long after each attempt. */
async function wait(db: Records, op: Operation, due: Due): Promise<void> {
  const minutes = 2 ** Math.min(due.attempts, 9);
  await db
    .updateTable('messages.outbox')
    .set({
      attempts: due.attempts + 1,
      held: false,
      due_at: op.now.add({ minutes: Math.min(minutes, longestWaitMinutes) }),
    })
    .where('owner_id', '=', due.owner_id)
    .where('message_id', '=', due.message_id)
    .execute();
}

/** No agreement, no data: the message waits, and the console says why. */
async function hold(db: Records, op: Operation, due: Due): Promise<void> {
  await db
    .updateTable('messages.outbox')
    .set({ held: true, due_at: op.now.add({ minutes: heldMinutes }) })
    .where('owner_id', '=', due.owner_id)
    .where('message_id', '=', due.message_id)
    .execute();
}

async function remove(db: Records, due: Due): Promise<void> {
  await db
    .deleteFrom('messages.outbox')
    .where('owner_id', '=', due.owner_id)
    .where('message_id', '=', due.message_id)
    .execute();
}

/** How many messages wait to be sent, and how many of them because the gate holds them. For staff; counts only. */
export async function countWaiting(db: Records): Promise<{ waiting: number; held: number }> {
  const row = await db
    .selectFrom('messages.outbox')
    .select((column) => [
      column.fn.countAll<number>().as('waiting'),
      column.fn.countAll<number>().filterWhere('held', '=', true).as('held'),
    ])
    .where(sql<boolean>`due_at - written_at < make_interval(days => ${neverSentDays - 1})`)
    .executeTakeFirstOrThrow();
  return row;
}
