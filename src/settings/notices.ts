import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Records, RecordsTables } from '../database/records.ts';
import { holdings } from '../holdings.ts';
import { newRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import { canonical } from '../ledger/log.ts';
import { notice } from '../policy/notice.ts';
import { publish } from '../policy/published.ts';
import type { PublishedNotice } from '../policy/published.ts';
import type { Words } from '../policy/shape.ts';

/** The notice that this program runs on, in the form that is kept. */
export const currentNotice: PublishedNotice = publish(notice, keptOf);

const contentHash = createHash('sha256').update(canonical(currentNotice)).digest();
const markBytes = 8;
const versionsMax = 200;

/** Names the current wording in the cookie of who has read it. The same for everybody, so it tells nobody apart. */
export const currentMark = contentHash.subarray(0, markBytes).toString('hex');

/** Keeps the wording that is in force from now on, unless it is kept already. Done at each start. */
export async function publishCurrent(db: Records, now: Temporal.Instant): Promise<void> {
  await db
    .insertInto('settings.notice')
    .values({
      notice_id: newRowId(now),
      content_hash: contentHash,
      published_at: now,
      content: currentNotice,
    })
    .onConflict((conflict) => conflict.column('content_hash').doNothing())
    .execute();
}

export type NoticeVersion = {
  readonly noticeId: RowId;
  readonly publishedAt: Temporal.Instant;
  readonly content: PublishedNotice;
  readonly isCurrent: boolean;
};

/** Every wording that was in force here, the newest first. */
export async function listVersions(db: Records): Promise<NoticeVersion[]> {
  const rows = await db
    .selectFrom('settings.notice')
    .selectAll()
    .orderBy('published_at', 'desc')
    .orderBy('notice_id', 'desc')
    .limit(versionsMax)
    .execute();
  return rows.map(versionOf);
}

/** The wording that a cookie names; null for any other text and for one that was never in force here. */
export async function versionByMark(db: Records, mark: string): Promise<NoticeVersion | null> {
  if (!/^[0-9a-f]{16}$/.test(mark)) return null;
  const row = await db
    .selectFrom('settings.notice')
    .selectAll()
    .where(sql`substring(content_hash from 1 for ${markBytes})`, '=', Buffer.from(mark, 'hex'))
    .executeTakeFirst();
  return row ? versionOf(row) : null;
}

function versionOf(row: RecordsTables['settings.notice']): NoticeVersion {
  return {
    noticeId: row.notice_id,
    publishedAt: row.published_at,
    content: row.content,
    isCurrent: contentHash.equals(row.content_hash),
  };
}

function keptOf(category: string): readonly Words[] {
  const rules = holdings.filter((one) => one.category === category).map(({ keep }) => keep);
  return [...new Set(rules)].map((rule) => notice.keeping[rule].words);
}
