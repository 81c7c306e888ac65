import type { Child } from 'hono/jsx';

import type { Language } from '../text/bilingual.ts';
import { date, dateTime, money } from '../text/format.ts';
import { href } from './href.ts';
import { Icon, type IconName } from './icons.tsx';

export interface SummaryRow {
  key: string;
  value: Child;
  /** What can be done with this row; `about` completes the words for screen readers: "Ändra" + "e-postadress". */
  action?: { label: string; about?: string | undefined; href: string } | undefined;
}

/** Facts about one thing, a line each: what it is, the value, and a link to change it. */
export function SummaryList({ rows }: { rows: readonly SummaryRow[] }) {
  return (
    <dl class="summary">
      {rows.map((row) => (
        <div class="summary__row">
          <dt>{row.key}</dt>
          <dd>{row.value}</dd>
          {row.action !== undefined && (
            <dd class="summary__action">
              <a href={href(row.action.href)}>
                {row.action.label}
                {row.action.about !== undefined && (
                  <span class="visually-hidden">{` ${row.action.about}`}</span>
                )}
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

export interface Column<Row> {
  header: string;
  cell: (row: Row) => Child;
  /** Amounts and counts stand to the right, in figures of one width. */
  kind?: 'text' | 'number' | undefined;
  /** This column names the row. */
  rowHeader?: boolean | undefined;
}

export interface DataTableProps<Row> {
  caption: string;
  /** When the heading above says the same. */
  captionHidden?: boolean | undefined;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
}

/** A table that becomes a list on a phone. Roles are spelled out because that change would take them away. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  return (
    <table class="table" role="table">
      <caption class={props.captionHidden === true ? 'visually-hidden' : undefined}>
        {props.caption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          {props.columns.map((column) => (
            <th role="columnheader" scope="col" class={numberClass(column)}>
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {props.rows.map((row) => (
          <tr role="row">
            {props.columns.map((column) => (
              <Cell column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const content = column.cell(row);
  return column.rowHeader === true ? (
    <th role="rowheader" scope="row" class={numberClass(column)}>
      {content}
    </th>
  ) : (
    <td role="cell" class={numberClass(column)} data-label={column.header}>
      <span class="table__value">{content}</span>
    </td>
  );
}

function numberClass<Row>(column: Column<Row>): string | undefined {
  return column.kind === 'number' ? 'number' : undefined;
}

/** How far a thing has come. The icon differs for each, so that colour is never alone. */
export type BadgeKind = 'neutral' | 'done' | 'now' | 'waiting' | 'stopped';

const badgeIcons: Record<BadgeKind, IconName> = {
  neutral: 'circle',
  done: 'check',
  now: 'clock',
  waiting: 'circle-dashed',
  stopped: 'ban',
};

/** A state in one or two words. */
export function Badge({ kind, children }: { kind: BadgeKind; children?: Child }) {
  return (
    <span class={`badge badge--${kind}`}>
      <Icon name={badgeIcons[kind]} />
      {children}
    </span>
  );
}

/** An amount in ore, never broken over two lines. */
export function Price({ ore, language }: { ore: number; language: Language }) {
  return (
    <data class="price" value={(ore / 100).toFixed(2)}>
      {money(ore, language)}
    </data>
  );
}

/** A moment, with day and time in the company's time zone. */
export function Moment({ value, language }: { value: Temporal.Instant; language: Language }) {
  return (
    <time datetime={value.toString({ fractionalSecondDigits: 0 })}>
      {dateTime(value, language)}
    </time>
  );
}

/** A calendar day. */
export function Day({ value, language }: { value: Temporal.PlainDate; language: Language }) {
  return <time datetime={value.toString()}>{date(value, language)}</time>;
}
