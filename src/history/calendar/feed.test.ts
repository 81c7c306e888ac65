import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';
import { calendarFeed } from './feed.ts';
import type { FeedEvent } from './feed.ts';

const now = Temporal.Instant.from('2026-11-22T12:00:00.123Z');
const octetsMax = 75;

const massage: FeedEvent = {
  uid: '0190b3a0-0000-7000-8000-000000000001@varsam.example.se',
  startsAt: Temporal.Instant.from('2026-03-29T00:30:00Z'),
  endsAt: Temporal.Instant.from('2026-03-29T01:30:00Z'),
  summary: 'Massage, 60 minuter',
  location: 'Storgatan 1; vån. 2\nGöteborg',
  sequence: 3,
  status: 'confirmed',
};

type Property = { readonly name: string; readonly value: string };

/** A reader of its own: unfolds, splits and undoes the escapes as RFC 5545 says, and knows nothing of the writer. */
function read(feed: string): { head: Property[]; events: Map<string, string>[] } {
  assert.ok(feed.endsWith('\r\n'), 'the last line ends as all do');
  const lines = feed.slice(0, -2).split('\r\n');
  for (const line of lines) {
    assert.ok(Buffer.byteLength(line) <= octetsMax, `${Buffer.byteLength(line)} octets: ${line}`);
    assert.ok(!/[\r\n]/.test(line), 'no other line breaks');
    assert.ok(line.isWellFormed(), 'no character is cut');
  }
  const properties = lines.join('\r\n').replaceAll('\r\n ', '').split('\r\n').map(property);
  const begins = properties.flatMap(({ name, value }, index) =>
    name === 'BEGIN' && value === 'VEVENT' ? [index] : [],
  );
  const ends = begins.map((begin) =>
    properties.findIndex(({ name }, index) => index > begin && name === 'END'),
  );
  const events = begins.map((begin, index) =>
    properties.slice(begin + 1, ends[index]).map(({ name, value }) => [name, value] as const),
  );
  assert.deepEqual(
    [properties[0], properties.at(-1)].map((one) => one!.value),
    ['VCALENDAR', 'VCALENDAR'],
  );
  return {
    head: properties.slice(1, begins[0] ?? -1),
    events: events.map((pairs) => {
      assert.equal(new Set(pairs.map(([name]) => name)).size, pairs.length, 'each stands once');
      return new Map(pairs);
    }),
  };
}

function property(line: string): Property {
  const colon = line.indexOf(':');
  assert.match(line.slice(0, colon), /^[A-Z-]+(?:;[A-Z]+=[A-Z]+)?$/);
  const value = line
    .slice(colon + 1)
    .replace(/\\([\\;,nN])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign));
  return { name: line.slice(0, colon), value };
}

test('a calendar program reads what was booked, in UTC', () => {
  const { head, events } = read(calendarFeed({ name: 'Mina bokningar', now, events: [massage] }));
  assert.deepEqual(head, [
    { name: 'VERSION', value: '2.0' },
    { name: 'PRODID', value: '-//Varsam//Varsam//SV' },
    { name: 'METHOD', value: 'PUBLISH' },
    { name: 'NAME', value: 'Mina bokningar' },
    { name: 'X-WR-CALNAME', value: 'Mina bokningar' },
    { name: 'REFRESH-INTERVAL;VALUE=DURATION', value: 'PT1H' },
    { name: 'X-PUBLISHED-TTL', value: 'PT1H' },
  ]);
  assert.deepEqual(
    events.map((event) => Object.fromEntries(event)),
    [
      {
        UID: massage.uid,
        SEQUENCE: '3',
        DTSTAMP: '20261122T120000Z',
        DTSTART: '20260329T003000Z',
        DTEND: '20260329T013000Z',
        SUMMARY: massage.summary,
        TRANSP: 'OPAQUE',
        LOCATION: massage.location,
        STATUS: 'CONFIRMED',
      },
    ],
  );
});

test('a cancelled booking says so and takes no time', () => {
  const cancelled = { ...massage, status: 'cancelled', sequence: 4 } as const;
  const { events } = read(calendarFeed({ name: 'Bokningar', now, events: [cancelled] }));
  assert.equal(events[0]!.get('STATUS'), 'CANCELLED');
  assert.equal(events[0]!.get('TRANSP'), 'TRANSPARENT');
  assert.equal(events[0]!.get('SEQUENCE'), '4');
  assert.equal(events[0]!.get('UID'), massage.uid);
});

test('a feed without bookings is a calendar', () => {
  assert.deepEqual(read(calendarFeed({ name: 'Bokningar', now, events: [] })).events, []);
});

test('a booking without a place has no line for it', () => {
  const { location: _location, ...placeless } = massage;
  const { events } = read(calendarFeed({ name: 'Bokningar', now, events: [placeless] }));
  assert.equal(events[0]!.has('LOCATION'), false);
});

test('long lines are folded between characters, whatever their length in octets', () => {
  const words = 'Räksmörgås på ön 🦐🧖🏽‍♀️ '.repeat(12).trim();
  for (let shift = 0; shift < 80; shift += 1) {
    const summary = `${'x'.repeat(shift)}${words}`;
    const { events, head } = read(
      calendarFeed({ name: summary, now, events: [{ ...massage, summary }] }),
    );
    assert.equal(events[0]!.get('SUMMARY'), summary);
    assert.equal(head.find(({ name }) => name === 'NAME')!.value, summary);
  }
});

test('no text can begin a line of its own', () => {
  const sly = 'Bokning\r\nEND:VEVENT\nATTENDEE:mailto:a@example.se\rX:1\u0000\u0085\u007f';
  const feed = calendarFeed({
    name: sly,
    now,
    events: [{ ...massage, uid: sly, summary: sly, location: sly }],
  });
  const { events, head } = read(feed);
  const kept = 'Bokning\nEND:VEVENT\nATTENDEE:mailto:a@example.se\nX:1';
  assert.equal(events.length, 1);
  assert.equal(events[0]!.get('SUMMARY'), kept);
  assert.equal(events[0]!.get('LOCATION'), kept);
  assert.equal(events[0]!.get('UID'), kept);
  assert.deepEqual(head.filter(({ name }) => !/^(?:NAME|X-WR-CALNAME)$/.test(name)).length, 5);
});

test('whatever a booking is called, it is read back as it was', () => {
  const line = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(fc.array(fc.tuple(line, line), { maxLength: 4 }), (texts) => {
      const printed = (text: string) =>
        text
          .toWellFormed()
          .replace(/\r\n|\r/g, '\n')
          .replace(/(?![\t\n])\p{Cc}/gu, '');
      const bookings = texts.map(([summary, location]) => ({ ...massage, summary, location }));
      const { events } = read(calendarFeed({ name: 'Bokningar', now, events: bookings }));
      assert.deepEqual(
        events.map((event) => [event.get('SUMMARY'), event.get('LOCATION') ?? '']),
        texts.map(([summary, location]) => [printed(summary), printed(location)]),
      );
    }),
    { numRuns: 300 },
  );
});

test('half a character does not make a line longer than it may be', () => {
  const halves = fc.array(fc.constantFrom('a', '\ud83e', '\udd90', 'ö', '€'), {
    minLength: 200,
    maxLength: 300,
  });
  fc.assert(
    fc.property(halves, (parts) => {
      const feed = calendarFeed({
        name: 'B',
        now,
        events: [{ ...massage, summary: parts.join('') }],
      });
      for (const one of feed.split('\r\n')) assert.ok(Buffer.byteLength(one) <= octetsMax);
    }),
  );
});

test('the feed says nothing but what it is given', () => {
  const feed = calendarFeed({ name: 'Bokningar', now, events: [massage] });
  assert.doesNotMatch(feed, /ORGANIZER|ATTENDEE|DESCRIPTION|mailto|URL|GEO|X-ALT/);
  assert.equal(feed, calendarFeed({ name: 'Bokningar', now, events: [massage] }));
});
