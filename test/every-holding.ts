// Gives an owner a row in every holding, by what the catalog of the database says of its columns, so that a new
// holding is covered without anybody thinking of it.
import { randomBytes, randomInt } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { OwnerKind } from '../src/database/records.ts';
import { holdings } from '../src/holdings.ts';
import { newOwnerId, newRowId } from '../src/ids.ts';
import type { OwnerId, RowId } from '../src/ids.ts';
import { inTransaction } from '../src/operation.ts';
import type { Operation, WriteOperation } from '../src/operation.ts';
import type { FieldKind, Holding } from '../src/vault/holding.ts';
import { addOwner } from '../src/vault/vault.ts';
import type { Sealer } from '../src/vault/vault.ts';

let lastNumber = 0;
const firstDay = Temporal.PlainDate.from('2300-01-01');

type CatalogColumn = {
  readonly name: string;
  readonly type: string;
  /** The definitions of the checks that mention the column, and the table that it alone refers to. */
  readonly checks: readonly string[];
  readonly refers: string | null;
};

/** Fills every holding for an owner; a row that is there already stays. */
export async function fillEveryHolding(op: Operation, owner: OwnerId, mark: string): Promise<void> {
  const heldOwner = newOwnerId();
  await op.vault.createKey(op, heldOwner);
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    // The same column name is the same id throughout, so that rows refer to each other.
    const ids = new Map<string, unknown>([['owner_id', owner]]);
    ids.set('erasure_id', await insertErasure(write));
    await addOwner(write, heldOwner, 'guest_order');
    ids.set('held_id', heldOwner);
    for (const holding of holdings.toReversed()) {
      await asKindFor(write, owner, holding, () => insertRow(write, sealer, holding, ids, mark));
    }
  });
}

/** The store takes a guest's row under the owner of a guest's order alone: for the moment of that row this is one. */
async function asKindFor(
  write: WriteOperation,
  owner: OwnerId,
  { table }: Holding,
  insert: () => Promise<void>,
): Promise<void> {
  if (table !== 'history.guest') return insert();
  const { kind } = await write.db
    .selectFrom('vault.owner')
    .select('kind')
    .where('owner_id', '=', owner)
    .executeTakeFirstOrThrow();
  const become = (other: OwnerKind) =>
    write.db
      .updateTable('vault.owner')
      .set({ kind: other })
      .where('owner_id', '=', owner)
      .execute();
  await become('guest_order');
  await insert();
  await become(kind);
}

/** What stands in each sealed field of a filled row. */
export function personalText(mark: string, field: string): string {
  return `Åsa ${mark} ${field}`;
}

export function personalFields(holding: Holding, mark: string): Record<string, unknown> {
  const kinds: Readonly<Record<string, FieldKind>> = holding.sealed ?? {};
  return Object.fromEntries(
    Object.entries(kinds).map(([field, kind]) => {
      const text = personalText(mark, field);
      return [field, kind === 'list' ? [text] : text];
    }),
  );
}

async function insertRow(
  write: WriteOperation,
  sealer: Sealer,
  holding: Holding,
  ids: Map<string, unknown>,
  mark: string,
): Promise<void> {
  const columns = await readColumns(write, holding.table);
  const values: unknown[] = [];
  for (const column of columns) {
    if (column.name === 'sealed') {
      const row = (ids.get(holding.row) as RowId | undefined) ?? sealer.owner;
      values.push(sealer.seal(holding, row, personalFields(holding, mark)));
    } else {
      values.push(await valueFor(write, column, ids));
    }
  }
  await sql`insert into ${sql.table(holding.table)} (${sql.join(columns.map(({ name }) => sql.id(name)))})
    values (${sql.join(values)}) on conflict do nothing`.execute(write.db);
}

async function valueFor(
  write: WriteOperation,
  { name, type, checks, refers }: CatalogColumn,
  ids: Map<string, unknown>,
): Promise<unknown> {
  if (type === 'uuid') {
    const known = ids.get(name) ?? (await firstOf(write, refers, name)) ?? newRowId(write.now);
    ids.set(name, known);
    return known;
  }
  if (type === 'bytea') return randomBytes(32);
  if (type === 'text') return allowedText(checks);
  if (type === 'date') return nextDay(ids);
  if (type === 'text[]') return ['email'];
  if (type === 'boolean') return false;
  if (type === 'jsonb') return {};
  if (type.startsWith('timestamp')) return laterOf(write.now, ids);
  // Each voucher of a year has a number of its own, however often an owner is filled.
  if (name === 'number') return (lastNumber += 1);
  if (type === 'integer' || type === 'bigint') return 1;
  throw new Error(`nobody knows how to fill a column of type ${type}: ${name}`);
}

/** Moments one after the other in each row, as the checks of spans want them. */
function laterOf(now: Temporal.Instant, ids: Map<string, unknown>): Temporal.Instant {
  const later = Number(ids.get('a moment') ?? 0) + 1;
  ids.set('a moment', later);
  return now.add({ milliseconds: later });
}

/** Days one after the other in each row, far from those of any other filling. */
function nextDay(ids: Map<string, unknown>): Temporal.PlainDate {
  const from = ids.get('a day') as Temporal.PlainDate | undefined;
  const day = from?.add({ days: 1 }) ?? firstDay.add({ days: randomInt(100_000) });
  ids.set('a day', day);
  return day;
}

/** The first word that a check allows, or one of its pattern; any word where none says more. */
function allowedText(checks: readonly string[]): string {
  const pattern = checks.map((check) => /~ '(\^[^']+\$)'/.exec(check)?.[1]).find(Boolean);
  if (pattern) return fc.sample(fc.stringMatching(new RegExp(pattern)), 1)[0] ?? '';
  const allowing = checks.find((check) => !check.includes('<>'));
  return /'([^']+)'::text/.exec(allowing ?? '')?.[1] ?? 'leaving';
}

async function firstOf(write: WriteOperation, table: string | null, column: string) {
  if (table === null) return null;
  const { rows } = await sql<{ id: string }>`
    select ${sql.id(column)} as id from ${sql.table(table)} limit 1`.execute(write.db);
  return rows[0]?.id ?? null;
}

async function readColumns(write: WriteOperation, table: string): Promise<CatalogColumn[]> {
  const quoted = table.split('.').map((part) => `"${part}"`);
  const { rows } = await sql<CatalogColumn>`
    select a.attname as name, format_type(a.atttypid, null) as type,
      array(select pg_get_constraintdef(c.oid) from pg_constraint c
            where c.conrelid = a.attrelid and c.contype = 'c' and a.attnum = any (c.conkey)) as checks,
      (select f.relnamespace::regnamespace || '.' || f.relname
       from pg_constraint c join pg_class f on f.oid = c.confrelid
       where c.conrelid = a.attrelid and c.contype = 'f' and c.conkey = array[a.attnum] limit 1) as refers
    from pg_attribute a
    where a.attrelid = ${quoted.join('.')}::regclass and a.attnum > 0 and not a.attisdropped
    order by a.attnum`.execute(write.db);
  return rows;
}

async function insertErasure(write: WriteOperation): Promise<RowId> {
  const erasure_id = newRowId(write.now);
  await write.db
    .insertInto('routines.erasure')
    .values({
      erasure_id,
      kind: 'account',
      state: 'asked',
      asked_at: write.now,
      code_hash: randomBytes(32),
      fence_index: null,
      done_index: null,
      receipt: null,
    })
    .execute();
  return erasure_id;
}
