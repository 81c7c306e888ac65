import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CalendarSlot } from '../history/calendar/calendar-of.ts';
import type { RowId } from '../ids.ts';
import { companyTimeZone } from '../text/format.ts';
import { gridOf, wallMinute } from './calendar-grid.ts';
import type { CalendarColumn, GridCell } from './calendar-grid.ts';

const day = Temporal.PlainDate.from('2026-12-01');
const resource = {
  resourceId: '00000000-0000-7000-8000-000000000001' as RowId,
  kind: 'person' as const,
  label: { sv: 'Vävare', en: 'Weaver' },
  isOffered: true,
  skills: [],
  feedVersion: 0,
};

function at(text: string, on = day): Temporal.Instant {
  return on
    .toPlainDateTime(Temporal.PlainTime.from(text))
    .toZonedDateTime(companyTimeZone)
    .toInstant();
}

function slot(from: Temporal.Instant, to: Temporal.Instant): CalendarSlot {
  return {
    resourceId: resource.resourceId,
    slotId: resource.resourceId,
    kind: 'booked',
    itemId: null,
    startsAt: from,
    endsAt: to,
    busyFrom: from,
    busyTo: to,
    capacity: 1,
    taken: 1,
    bookings: [],
  };
}

function column(slots: CalendarSlot[], over: Partial<CalendarColumn> = {}): CalendarColumn {
  const open = [{ opensMinute: 540, closesMinute: 660 }];
  return { resource, day, open, slots, ...over };
}

/** A cell in a word: how many slots over how many rows. */
function word(cell: GridCell): string {
  switch (cell.kind) {
    case 'slots':
      return `${cell.slots.length} over ${cell.rows}`;
    case 'free':
      return cell.isOpen ? 'open' : 'closed';
    case 'covered':
      return '-';
  }
}

function words(columns: readonly CalendarColumn[]): Record<number, string[]> {
  return Object.fromEntries(gridOf(columns).map(({ minute, cells }) => [minute, cells.map(word)]));
}

test('a day is shown from the first to the last hour in which anything is open or taken', () => {
  assert.deepEqual(words([column([])]), {
    540: ['open'],
    570: ['open'],
    600: ['open'],
    630: ['open'],
  });
  const late = column([slot(at('11:15'), at('12:00'))]);
  assert.deepEqual(words([late]), {
    540: ['open'],
    570: ['open'],
    600: ['open'],
    630: ['open'],
    660: ['1 over 2'],
    690: ['-'],
  });
});

test('where nothing is open an ordinary day is shown, and all of it is closed', () => {
  const rows = gridOf([column([], { open: [] })]);
  assert.deepEqual([rows.length, rows[0]?.minute], [18, 480]);
  assert.ok(rows.every(({ cells }) => word(cells[0]!) === 'closed'));
});

test('slots that meet in a row share a cell, and those of other columns stand beside', () => {
  const short = column([slot(at('09:00'), at('09:20')), slot(at('09:20'), at('09:40'))]);
  const apart = column([slot(at('09:00'), at('09:30')), slot(at('09:30'), at('10:00'))]);
  assert.deepEqual(words([short, apart]), {
    540: ['2 over 2', '1 over 1'],
    570: ['-', '1 over 1'],
    600: ['open', 'open'],
    630: ['open', 'open'],
  });
});

test('what reaches over midnight is shown on each day as far as it lies there', () => {
  const night = slot(at('23:00'), at('01:00', day.add({ days: 1 })));
  const first = column([night], { open: [] });
  const second = column([night], { open: [], day: day.add({ days: 1 }) });
  assert.deepEqual(words([first]), { 1380: ['1 over 2'], 1410: ['-'] });
  assert.deepEqual(words([second]), { 0: ['1 over 2'], 30: ['-'] });
  const week = {
    ...slot(at('08:00', day.subtract({ days: 3 })), at('08:00', day.add({ days: 3 }))),
    kind: 'blocked' as const,
  };
  assert.deepEqual(words([column([week])]), {
    540: ['1 over 4'],
    570: ['-'],
    600: ['-'],
    630: ['-'],
  });
  const early = { ...slot(at('06:00'), at('07:00')), kind: 'blocked' as const };
  const evening = { ...slot(at('20:00'), at('21:00')), kind: 'blocked' as const };
  const edges = words([column([early, evening])]);
  assert.deepEqual([edges[540], edges[630]], [['1 over 1'], ['1 over 1']]);
});

test('the clock on the wall counts, also on the days when it changes', () => {
  const spring = Temporal.PlainDate.from('2027-03-28');
  assert.equal(wallMinute(at('04:00', spring), spring), 240);
  assert.equal(wallMinute(at('23:59', spring.subtract({ days: 1 })), spring), 0);
  assert.equal(wallMinute(at('00:00', spring.add({ days: 1 })), spring), 1440);
});
