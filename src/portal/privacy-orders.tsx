import type { OwnVisit } from '../http/route.ts';
import { Details } from '../pages/notices.tsx';
import { DataTable, SummaryList } from '../pages/tables.tsx';
import type { Column, SummaryRow } from '../pages/tables.tsx';
import type { InsightGroup, InsightRow } from '../requests/insight.ts';
import type { Language } from '../text/bilingual.ts';
import { date, money } from '../text/format.ts';
import { privacyText } from '../text/privacy.ts';
import { storedText } from '../text/privacy-stored.ts';
import { rightsText } from '../text/rights.ts';
import { shownValues } from './privacy-values.tsx';

/** Orders that stand open when the page comes. */
const openMax = 1;

/** Each order with its lines, as one thing: that is how its customer knows it. */
export function OrderValues({
  visit,
  groups,
}: {
  visit: OwnVisit;
  groups: readonly InsightGroup[];
}) {
  const { language } = visit;
  const orders = groups.find(({ table }) => table === 'history.order');
  const lines = groups.find(({ table }) => table === 'history.order_line');
  const isWhole = groups.every((group) => group.isWhole);
  return (
    <>
      <h3>{storedText[language]['history.order'].heading}</h3>
      {orders?.rows.map((row, index) => (
        <Details summary={summaryOf(visit, row)} open={index < openMax}>
          <SummaryList
            rows={shownValues('history.order', row, language).map(({ name, label, value }) => ({
              key: label,
              value,
              action: changeOf(row, name, label, language),
            }))}
          />
          <OrderLines visit={visit} lines={linesOf(row, lines)} />
        </Details>
      ))}
      {!isWhole && <p class="soft">{privacyText[language].myData.isCut}</p>}
    </>
  );
}

function OrderLines({ visit, lines }: { visit: OwnVisit; lines: readonly InsightRow[] }) {
  const { heading } = storedText[visit.language]['history.order_line'];
  if (lines.length === 0) return null;
  return <DataTable caption={heading} columns={lineColumns(visit, lines)} rows={lines} />;
}

/** Every value that one of the lines has: what was answered to one item's questions was not asked of another. */
function lineColumns(visit: OwnVisit, lines: readonly InsightRow[]): Column<InsightRow>[] {
  const values = (row: InsightRow) => shownValues('history.order_line', row, visit.language);
  const isClear = (name: string) => lines.some(({ clear }) => name in clear);
  const labels = new Map(lines.flatMap(values).map(({ name, label }) => [name, label]));
  const names = [...labels.keys()];
  const personalFirst = [...names.filter((name) => !isClear(name)), ...names.filter(isClear)];
  return personalFirst.map((name, index) => ({
    header: labels.get(name) ?? '',
    rowHeader: index === 0,
    kind: lines.some(({ clear }) => typeof clear[name] === 'number') ? 'number' : 'text',
    cell: (row) => values(row).find((one) => one.name === name)?.value,
  }));
}

/** Newest first in the file; on the page as they were ordered. */
function linesOf(order: InsightRow, lines: InsightGroup | undefined): InsightRow[] {
  return (lines?.rows ?? []).filter(({ clear }) => clear['order_id'] === order.id).toReversed();
}

function summaryOf({ language }: OwnVisit, { personal, clear }: InsightRow): string {
  const number = personal.find(({ field }) => field === 'number')?.value ?? '';
  const { placed_at, total_ore } = clear;
  const day = placed_at instanceof Temporal.Instant ? date(placed_at, language) : '';
  const total = typeof total_ore === 'number' ? money(total_ore, language) : '';
  return [`${privacyText[language].myData.orderOf} ${number}`, day, total].join(' · ');
}

const deliveryFields = ['recipient_name', 'street', 'postal_code', 'town', 'message'];

/** Where an order goes can be changed until it has gone. */
function changeOf(
  { id, clear }: InsightRow,
  name: string,
  label: string,
  language: Language,
): SummaryRow['action'] {
  if (clear['state'] !== 'placed' || !deliveryFields.includes(name)) return undefined;
  const { change } = rightsText[language].act;
  return { label: change, about: label, href: `/history/${id}/delivery` };
}
