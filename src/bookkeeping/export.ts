import { createHash } from 'node:crypto';
import { newRowId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { notice } from '../policy/notice.ts';
import { Problem } from '../problem.ts';
import { dayAt } from '../text/format.ts';
import { holdOwner } from '../vault/vault.ts';
import { isWithin } from './fiscal-years.ts';
import { bookkeeperOf } from './reasons.ts';
import { sieFileName, sieVouchersMax, writeSie } from './sie.ts';
import type { SieVoucher } from './sie.ts';
import { textOfVoucher } from './voucher-words.ts';
import type { NumberedVoucher } from './voucher-words.ts';
import { countVouchers, entriesOf, vouchersAfter, vouchersAt } from './vouchers.ts';
import type { ListedVoucher } from './vouchers.ts';
import { listYears } from './years.ts';
import type { BookYear } from './years.ts';

/** Days of one fiscal year, both inside. */
export type Period = { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate };

export type SieFile = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly vouchers: number;
};

export type PastExport = Period & {
  readonly exportedAt: Temporal.Instant;
  readonly vouchers: number;
  /** Of the bytes, in hex. */
  readonly sha256: string;
};

const readAtOnce = 1_000;
const pastExportsMax = 100;

/**
 * The vouchers of a period for the accountant's program, in SIE 4I. Made of what is in clear (accounts, amounts, numbers,
 * days): nothing is opened, and no name is in the file. What was exported is written down by its hash.
 * @throws Problem `bad-input` for days outside the year, `not-found` where there is no voucher, `too-large` for more than
 *   `sieVouchersMax`, `not-allowed` for anybody but who keeps the books
 */
export async function exportSie(
  op: Operation,
  wish: { readonly year: BookYear; readonly period: Period; readonly version: string },
): Promise<SieFile> {
  bookkeeperOf(op);
  const { year, period, version } = wish;
  assertPeriod(year, period);
  const vouchers = await readVouchers(op, year, period);
  if (vouchers.length === 0) throw new Problem('not-found', 'no voucher in the period');
  const { name, organisation_number } = notice.controller;
  const bytes = writeSie({
    company: { name, organisation_number },
    year,
    vouchers,
    generatedOn: dayAt(op.now),
    version,
  });
  await noteExport(op, year.owner, period, { bytes, vouchers: vouchers.length });
  return { name: sieFileName(year, period), bytes, vouchers: vouchers.length };
}

/** What has been exported of a year, the newest first. */
export async function listExports({ db }: Operation, year: OwnerId): Promise<PastExport[]> {
  const rows = await db
    .selectFrom('bookkeeping.export')
    .select(['exported_at', 'from_day', 'to_day', 'vouchers', 'sha256'])
    .where('owner_id', '=', year)
    .orderBy('exported_at', 'desc')
    .orderBy('export_id', 'desc')
    .limit(pastExportsMax)
    .execute();
  return rows.map((row) => ({
    exportedAt: row.exported_at,
    from: row.from_day,
    to: row.to_day,
    vouchers: row.vouchers,
    sha256: Buffer.from(row.sha256).toString('hex'),
  }));
}

function assertPeriod(year: BookYear, { from, to }: Period): void {
  const isOrdered = Temporal.PlainDate.compare(from, to) <= 0;
  if (isOrdered && isWithin(from, year) && isWithin(to, year)) return;
  throw new Problem('bad-input', 'not days of this fiscal year');
}

async function readVouchers(op: Operation, year: BookYear, period: Period): Promise<SieVoucher[]> {
  const filter = { series: null, ...period };
  if ((await countVouchers(op, year.owner, filter)) > sieVouchersMax)
    throw new Problem('too-large', 'vouchers in one file');
  const read: SieVoucher[] = [];
  const years = await listYears(op.db);
  let after: ListedVoucher | null = null;
  for (;;) {
    const page: ListedVoucher[] = await vouchersAfter(op, year.owner, filter, {
      after,
      size: readAtOnce,
    });
    read.push(...(await withRows(op, page, { year, years })));
    if (page.length < readAtOnce) return read;
    after = page.at(-1) ?? null;
  }
}

/** Vouchers as the file has them. A dispute is noted without rows, and a program that imports the file would refuse it. */
async function withRows(
  op: Operation,
  vouchers: readonly ListedVoucher[],
  { year, years }: { readonly year: BookYear; readonly years: readonly BookYear[] },
): Promise<SieVoucher[]> {
  const ids = vouchers.map(({ voucherId }) => voucherId);
  const entries = await entriesOf(op, year.owner, ids);
  const originals = await originalsOf(op, vouchers, years);
  return vouchers.flatMap((voucher) => {
    const rows = entries.get(voucher.voucherId) ?? [];
    if (rows.length === 0) return [];
    return [
      {
        series: voucher.series,
        number: voucher.number,
        occurredOn: voucher.eventOn,
        registeredOn: dayAt(voucher.compiledAt),
        text: textOfVoucher({ ...voucher, year }, originals.get(voucher.voucherId) ?? null),
        entries: rows,
      },
    ];
  });
}

/** What vouchers pay back or correct, by their own id; without those whose year has ended. */
export async function originalsOf(
  op: Operation,
  vouchers: readonly ListedVoucher[],
  years: readonly BookYear[],
): Promise<ReadonlyMap<string, NumberedVoucher>> {
  const wanted = vouchers.flatMap(({ refers }) => (refers === null ? [] : [refers]));
  const found = new Map((await vouchersAt(op, wanted)).map((one) => [one.voucherId, one]));
  const originals = new Map<string, NumberedVoucher>();
  for (const { voucherId, refers } of vouchers) {
    const original = refers === null ? undefined : found.get(refers.voucherId);
    const year = years.find(({ owner }) => owner === original?.year);
    if (original && year) originals.set(voucherId, { ...original, year });
  }
  return originals;
}

async function noteExport(
  op: Operation,
  year: OwnerId,
  { from, to }: Period,
  { bytes, vouchers }: { readonly bytes: Uint8Array; readonly vouchers: number },
): Promise<void> {
  await inTransaction(op, async (write) => {
    await holdOwner(write, year);
    await write.db
      .insertInto('bookkeeping.export')
      .values({
        owner_id: year,
        export_id: newRowId(op.now),
        exported_at: op.now,
        from_day: from,
        to_day: to,
        vouchers,
        sha256: createHash('sha256').update(bytes).digest(),
      })
      .execute();
  });
}
