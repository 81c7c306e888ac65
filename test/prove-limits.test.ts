// P12, P15, P16, P17 and P19 broken on purpose, on both sides of each limit.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { holdings } from '../src/holdings.ts';
import { notice } from '../src/policy/notice.ts';
import { isOrganisationNumber } from '../src/routines/proof/controller.ts';
import { dueBefore, orphanHours, sweepHours } from '../src/routines/retention.ts';
import { newOwnerId } from '../src/ids.ts';
import { fillEveryHolding } from './every-holding.ts';
import { assertSeen, proveSabotaged, usedCompany } from './used-company.ts';
import type { Sabotage, UsedCompany } from './used-company.ts';

let used: UsedCompany;

before(async () => {
  used = await usedCompany();
  // What no journey of these customers has left anything in.
  await fillEveryHolding(used.system.op('nobody', 'account'), used.maja, 'ifylld');
});
after(() => used[Symbol.asyncDispose]());

/** The last moment at which something may still be there, and a moment before it. */
function latest({ system }: UsedCompany, hours: number, late: boolean): string {
  const moment = system.now.subtract({ hours: hours + sweepHours });
  return (late ? moment.subtract({ milliseconds: 1 }) : moment).toString();
}

for (const holding of holdings) {
  const probe = dueBefore(holding, Temporal.Instant.from('2026-11-22T12:00:00Z'));
  if (probe === null) continue;
  const hours = Temporal.Instant.from('2026-11-22T12:00:00Z').since(probe).total('hours');
  const table = holding.table;
  for (const late of [true, false]) {
    const words = late ? 'broken by a row that was kept too long in' : 'kept at the last moment in';
    test(`P12 is ${words} ${table}`, async () => {
      await assertSeen(used, 'P12', {
        how: '',
        tables: [table],
        sql: (at) =>
          `update ${table} set ${holding.since} = '${latest(at, hours, late)}'
           where ctid = (select min(ctid) from ${table})`,
        says: late ? new RegExp(`^${table.replace('.', '\\.')}: 1 kept too long$`, 'm') : null,
      });
    });
  }
}

for (const late of [true, false]) {
  test(`P12 is ${late ? 'broken by' : 'kept at the last moment of'} a day whose key outlives it`, () =>
    assertSeen(used, 'P12', {
      how: '',
      tables: ['vault.owner'],
      sql: (at) =>
        `insert into vault.owner values ('${newOwnerId()}', 'day', '${latest(at, 72, late)}', null)`,
      says: late ? /^vault\.owner [0-9a-f-]+: its day is over$/m : null,
    }));

  test(`P12 is ${late ? 'broken by' : 'kept at the last moment of'} a key that belongs to nobody`, () =>
    assertSeen(used, 'P12', {
      how: '',
      store: 'keys',
      tables: ['keys.owner'],
      sql: (at) =>
        `insert into keys.owner values ('${newOwnerId()}', '${latest(at, orphanHours, late)}')`,
      says: late ? /^keys\.owner [0-9a-f-]+: a key without records$/m : null,
    }));
}

const day = (used: UsedCompany, days: number) =>
  used.system.now.toZonedDateTimeISO('Europe/Stockholm').toPlainDate().add({ days }).toString();
const agreement = (signed: number, from: number, ended: number | null) => (at: UsedCompany) =>
  `update recipients.agreement set signed_on = '${day(at, signed)}', valid_from = '${day(at, from)}',
   ended_on = ${ended === null ? 'null' : `'${day(at, ended)}'`}`;
const outside = /^recipients\.disclosure [0-9a-f-]+: no agreement that day$/m;
const agreements: readonly Sabotage[] = [
  {
    how: 'a disclosure before the agreement held',
    tables: ['recipients.agreement'],
    sql: agreement(-2, 1, null),
    says: outside,
  },
  {
    how: 'a disclosure before the agreement was signed',
    tables: ['recipients.agreement'],
    sql: agreement(1, 1, null),
    says: outside,
  },
  {
    how: 'a disclosure after the agreement ended',
    tables: ['recipients.agreement'],
    sql: agreement(-9, -9, -1),
    says: outside,
  },
  {
    how: 'a disclosure without any agreement',
    tables: ['recipients.agreement'],
    sql: 'delete from recipients.agreement',
    says: outside,
  },
  {
    how: 'a disclosure on the first day',
    tables: ['recipients.agreement'],
    sql: agreement(0, 0, null),
    says: null,
  },
  {
    how: 'a disclosure on the last day',
    tables: ['recipients.agreement'],
    sql: agreement(-9, -9, 0),
    says: null,
  },
];
for (const sabotage of agreements) {
  test(`P16 is ${sabotage.says ? 'broken' : 'kept'} by ${sabotage.how}`, () =>
    assertSeen(used, 'P16', sabotage));
}

const recipient = ['recipients.recipient'];
const abroad = (until: number) => (at: UsedCompany) =>
  `update recipients.recipient set country = 'US', transfer_tool = 'SCC', transfer_valid_until = '${day(at, until)}'`;
const recipients: readonly Sabotage[] = [
  {
    how: 'a kind of recipient that the notice does not name',
    tables: recipient,
    sql: `update recipients.recipient set category = 'broker'`,
    says: /category-not-in-notice$/m,
  },
  {
    how: 'a recipient outside the EU/EEA without a transfer tool',
    tables: recipient,
    sql: `update recipients.recipient set country = 'US'`,
    says: /no-transfer-tool$/m,
  },
  {
    how: 'a transfer tool that ended yesterday',
    tables: recipient,
    sql: abroad(-1),
    says: /no-transfer-tool$/m,
  },
  { how: 'a transfer tool that ends today', tables: recipient, sql: abroad(0), says: null },
];
for (const sabotage of recipients) {
  test(`P15 is ${sabotage.says ? 'broken' : 'kept'} by ${sabotage.how}`, () =>
    assertSeen(used, 'P15', sabotage));
}

test('P17 is broken by a controller of its own without a notice of its own', () =>
  assertSeen(used, 'P17', {
    how: '',
    tables: recipient,
    sql: `alter table recipients.recipient drop constraint controller_has_a_notice;
          update recipients.recipient set role = 'controller', notice_url = null`,
    says: /^recipients\.recipient [0-9a-f-]+: no notice$/m,
  }));

test('P17 has nothing to look at while no recipient is a controller, and says so', async () => {
  const sabotage = {
    tables: ['recipients.recipient'],
    sql: `delete from recipients.recipient where role = 'controller'`,
  };
  const finding = await proveSabotaged(used, 'P17', {
    how: 'no controllers',
    says: null,
    ...sabotage,
  });
  assert.equal(finding.status, 'not yet checked');
});

const { controller } = notice;
for (const fact of ['name', 'organisation_number', 'street', 'postal_code', 'town'] as const) {
  test(`P19 is broken by a notice page without the ${fact.replace('_', ' ')}`, async () => {
    const page = Object.values({ ...controller, [fact]: '' }).join('\n');
    const finding = await used.prove('P19', {
      fetchPage: () => Promise.resolve(new Response(page)),
    });
    assert.equal(finding.status, 'broken');
    assert.deepEqual(finding.found, [`the notice page does not show ${controller[fact]}`]);
  });
}

test('P19 is broken, and nothing else is stopped, by a notice page that cannot be fetched', async () => {
  const fetchPage = () => Promise.reject(new Error('no server'));
  const finding = await used.prove('P19', { fetchPage });
  assert.equal(finding.status, 'broken');
  assert.deepEqual(finding.found, ['the notice page cannot be read']);
});

test('an organisation number has ten digits, a third one of at least two and a check digit', () => {
  assert.equal(isOrganisationNumber(controller.organisation_number), true);
  for (const wrong of [
    '559468-7063',
    '551468-7062',
    '5594687062',
    '559468-706',
    '',
    '55946a-7062',
  ]) {
    assert.equal(isOrganisationNumber(wrong), false, wrong);
  }
});
