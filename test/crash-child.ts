// A process of its own that takes one journey and dies by SIGKILL at the point it is told. Each point that it reaches
// is a line on stdout, written before it may die there, so that the parent knows how many there are.
import { noBanks } from '../src/history/payments/banks.ts';
import { writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import {
  addressLinksOf,
  confirmAddressChange,
  findAddressChange,
} from '../src/accounts/address-changes.ts';
import { findUndo, undoAddressChange } from '../src/accounts/undo-address-change.ts';
import { confirmSignUp, findSignup, requestSignUp } from '../src/accounts/sign-up.ts';
import { begin } from '../src/begin.ts';
import { openPool } from '../src/database/pool.ts';
import type { Actor, Operation } from '../src/operation.ts';
import type { Purpose } from '../src/policy/purposes.ts';
import { advanceErasure } from '../src/routines/erasure.ts';
import { endFarewells } from '../src/routines/erasure-farewell.ts';
import { askErasure } from '../src/routines/erasure-ask.ts';
import { advanceEpochs } from '../src/routines/epochs.ts';
import { closeAccounts, tellBeforeClosing } from '../src/routines/retention-accounts.ts';
import { endDays, endOrphans } from '../src/routines/retention.ts';
import { openStores } from '../src/stores.ts';
import { crashVariable, keepingWish, lettersFile } from './crash-order.ts';
import type { CrashOrder } from './crash-order.ts';
import { buy, settle } from './crash-sale.ts';

const order = JSON.parse(process.env[crashVariable] ?? '') as CrashOrder;
let reached = 0;

function pass(point: string): void {
  reached += 1;
  writeSync(1, `${point}\n`);
  if (reached === order.dieAt) process.kill(process.pid, 'SIGKILL');
}

/** Counts each statement before it is sent, and each fsync before it is asked for. */
async function countEverything(): Promise<void> {
  const query = pg.Client.prototype.query as (...values: unknown[]) => unknown;
  pg.Client.prototype.query = function (this: pg.Client, ...values: unknown[]) {
    const [first] = values as [string | { text: string }];
    pass((typeof first === 'string' ? first : first.text).slice(0, 60).replaceAll('\n', ' '));
    return query.apply(this, values);
  } as typeof pg.Client.prototype.query;
  const file = await open(join(order.folder, 'ledger', 'log'), 'r');
  const handles = Object.getPrototypeOf(file) as { sync: () => Promise<void> };
  await file.close();
  const { sync } = handles;
  handles.sync = function (this: unknown) {
    pass('fsync');
    return sync.call(this);
  };
}

function around(passed: (point: string) => void) {
  return {
    tell: () => Promise.resolve('confirmed' as const),
    logFolder: join(order.folder, 'log'),
    sandbox: true,
    clock: () => Temporal.Instant.from(order.now),
    passed,
  };
}

async function travel(op: (actor: Actor, purpose: Purpose) => Operation): Promise<void> {
  const { journey } = order;
  const passed = order.points === 'named' ? pass : () => undefined;
  const nobody = op({ party: 'nobody' }, 'sign-up');
  switch (journey.kind) {
    case 'ask': {
      const { owner, code } = journey;
      const wish = journey.keeps && keepingWish;
      await askErasure(op({ party: 'customer', owner }, 'leaving'), owner, code, wish);
      return;
    }
    case 'advance': {
      const routine = op({ party: 'routine', routine: 'erasures' }, 'leaving');
      await advanceErasure(routine, journey.erasureId, around(passed));
      return;
    }
    case 'buy':
      await buy(op, journey);
      return;
    case 'settle':
      await settle(op, journey, join(order.folder, lettersFile));
      return;
    case 'farewells': {
      await endFarewells(op({ party: 'routine', routine: 'farewells' }, 'leaving'), around(passed));
      return;
    }
    case 'routine': {
      const isKeeping = ['close-accounts', 'tell-before-closing'].includes(journey.routine);
      const purpose = isKeeping ? 'keeping' : 'retention';
      const routine = op({ party: 'routine', routine: journey.routine }, purpose);
      const run = {
        'end-days': endDays,
        'end-orphans': endOrphans,
        'close-accounts': (given: Operation) =>
          closeAccounts(given, { origin: 'http://localhost', banks: noBanks }),
        'tell-before-closing': tellBeforeClosing,
        epochs: (given: Operation) => advanceEpochs(given, passed),
      }[journey.routine];
      await run(routine);
      return;
    }
    case 'change-address': {
      const { owner, token } = journey;
      const own = op({ party: 'customer', owner }, 'account');
      const found = await findAddressChange(own, owner, token);
      if (found === null) throw new Error('the link does not work');
      await confirmAddressChange(own, found, addressLinksOf('http://localhost'), passed);
      return;
    }
    case 'undo-address': {
      const signIn = op({ party: 'nobody' }, 'sign-in');
      const undo = await findUndo(signIn, journey.token);
      if (undo === null) throw new Error('the link does not work');
      const choice = { ...journey, code: '' };
      await undoAddressChange(signIn, undo, choice, addressLinksOf('http://localhost'), passed);
      return;
    }
    case 'request': {
      const links = { confirm: (token: string) => `http://localhost/confirm/${token}`, signIn: '' };
      await requestSignUp(nobody, { email: journey.email, language: 'sv' }, links);
      return;
    }
    case 'confirm': {
      const found = await findSignup(nobody, journey.token);
      if (found === null) throw new Error('the link does not work');
      const { name, password } = journey;
      await confirmSignUp(nobody, found, { name, password, device: 'Firefox, Linux' }, passed);
    }
  }
}

const records = openPool({ ...order.records, max: 4 });
const keys = openPool({ ...order.keys, max: 4 });
const now = Temporal.Instant.from(order.now);
const stores = await openStores({
  records,
  keys,
  folder: order.folder,
  sandbox: true,
  now,
  role: 'server',
});
if (order.points === 'every') await countEverything();
await travel((actor, purpose) =>
  begin({ db: stores.db, vault: stores.vault, actor, purpose, now }),
);
await Promise.all([records.end(), keys.end()]);
