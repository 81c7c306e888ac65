// The forms of the catalogue and the calendar, as they come from people in a hurry and from people who mean harm.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { plain } from '../../test/journeys/client.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import {
  addBookable,
  addResource,
  addSkill,
  book,
  when,
} from '../history/calendar/calendar-rows.fixture.ts';
import { listKnownItems } from '../history/catalogue/known-items.ts';
import { signedIn } from './staff-browser.fixture.ts';
import type { Seen, StaffBrowser } from './staff-browser.fixture.ts';

const strange: readonly string[] = [
  '',
  '   ',
  'x'.repeat(5_000),
  'محمد بن عبد الله',
  'Żółć 👩‍👩‍👧‍👦 ß',
  '\u202eevird\u2066',
  '<script>alert(1)</script>"\'><img src=x onerror=alert(2)>',
  'a\u0000b',
  "Robert'); drop table history.item;--",
  '../../../../etc/passwd',
  'a\r\nset-cookie: stolen=1',
  '99999999999999999999',
  '-1',
  '1e309',
  'NaN',
  '__proto__',
];
let system: TestSystem;
let administrator: StaffBrowser;

before(async () => {
  system = await testSystem();
  administrator = await signedIn(system, 'administrator');
});
after(() => system[Symbol.asyncDispose]());

type Form = { readonly path: string; readonly fields: Readonly<Record<string, string>> };

async function forms(): Promise<Form[]> {
  const owner = await system.newCustomer();
  const skill = await addSkill(system);
  const resource = await addResource(system, { skills: [skill] });
  const bookable = await addBookable(system, { needs: [skill] });
  const bookingId = await book(system, owner, bookable, when('2026-12-01 09:00'));
  const product = (await listKnownItems(system.db)).find(({ name }) => name.sv.includes('Ullfilt'));
  const [room, calendar] = ['/console/catalogue', '/console/calendar'];
  const item = `${room}/items/${product?.itemId}`;
  const variant = `${item}/variants/${product?.variants[0]?.variantId}`;
  const week = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [`day_${day}`, '8–17']));
  const names = { name_sv: 'Namn', name_en: 'Name' };
  const facts = {
    ...names,
    description_sv: 'Text',
    description_en: 'Text',
    price: '10',
    vat: '25',
    fulfilment: 'shipped',
    withdrawal: 'right',
    pays_on_site: 'yes',
    sensitive: 'yes',
  };
  const rules = {
    duration: '60',
    before: '0',
    after: '0',
    step: '60',
    lead_hours: '0',
    horizon: '60',
    capacity: '1',
    free_cancel: '0',
    late_fee: '0',
    [`skill-${skill}`]: 'yes',
  };
  return [
    { path: `${room}/order`, fields: { up: 'x', down: 'x' } },
    { path: `${room}/new/product`, fields: { ...facts, name_en: '' } },
    { path: `${item}/change`, fields: facts },
    { path: `${item}/offer`, fields: { offered: 'yes' } },
    { path: `${item}/variants`, fields: { ...names, extra: 'x', offered: 'yes' } },
    { path: variant, fields: { ...names, do: 'save', extra: '0', offered: 'yes', count: '1' } },
    { path: variant, fields: { do: 'more', count: '1' } },
    { path: `${item}/questions`, fields: { access: 'no', wishes: 'may' } },
    { path: `${item}/pictures`, fields: { alt_sv: 'En filt', alt_en: 'A blanket', file: '' } },
    { path: `${room}/items/${bookable.itemId}/booking`, fields: rules },
    { path: `${room}/resources/new`, fields: { ...names, kind: '' } },
    { path: `${room}/resources/${resource}`, fields: { do: 'day', day: '2026-12-24', hours: '' } },
    { path: `${room}/resources/${resource}/change`, fields: { ...names, kind: 'person' } },
    {
      path: `${room}/resources/${resource}/hours/always`,
      fields: { ...week, valid_from: '', valid_until: '' },
    },
    { path: `${room}/skills`, fields: { name_sv: '', name_en: '' } },
    { path: `${room}/closed-days`, fields: { do: 'add', day: '2026-12-24', ...names } },
    { path: `${room}/closed-days`, fields: { do: 'holidays', year: '2026' } },
    { path: `${room}/closed-days`, fields: { do: 'remove', day: '2026-12-24' } },
    {
      path: `${calendar}/block`,
      fields: { resource, from_day: '', from_time: '8', to_day: '2026-12-24', to_time: '9' },
    },
    {
      path: `${calendar}/bookings/${owner}/${bookingId}`,
      fields: { day: '2026-12-24', time: '', with: '' },
    },
    { path: `${calendar}/feeds`, fields: { resource: 'x' } },
  ];
}

test('every field of every form takes anything without harm, and gives it back when it is wrong', async () => {
  for (const { path, fields } of await forms()) {
    for (const name of Object.keys(fields)) {
      for (const value of strange) {
        const answer = await administrator.post(path, { ...fields, [name]: value });
        const what = `${path} ${name}=${JSON.stringify(value.slice(0, 30))}`;
        assertSafe(answer, what);
        if (answer.status === 422) assertKept(answer, { name, value, what });
      }
    }
  }
});

function assertSafe({ status, text, location }: Seen, what: string): void {
  assert.ok(status < 500, `${what} answers ${status}`);
  assert.ok(!text.includes('<script>alert') && !text.includes('<img src=x'), what);
  assert.ok(
    location === null || /^\/console(?:[/?]|$)/.test(location),
    `${what} leads to ${location}`,
  );
}

/** What was typed into a field is still there; a choice, a file and a date field show what they can. */
function assertKept(
  { text }: Seen,
  { name, value, what }: { readonly name: string; readonly value: string; readonly what: string },
): void {
  const field = new RegExp(`<(?:input class="input[^>]*|textarea[^>]*) name="${name}"[^>]*>`).exec(
    text,
  );
  if (field === null || /type="(?:file|date)"/.test(field[0]) || value.length > 1_000) return;
  const oneBreak = (written: string) => written.replaceAll('\r\n', '\n');
  const shown = oneBreak(plain(text));
  const isKept =
    shown.includes(`value="${oneBreak(value)}"`) ||
    shown.includes(`>${oneBreak(value)}</textarea>`);
  assert.ok(isKept, `${what} is lost`);
}
