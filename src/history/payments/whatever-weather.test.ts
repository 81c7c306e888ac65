// Laws that must hold whatever the banks and the network do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bankInFolder, knownAs } from '../../sandbox/bank.fixture.ts';
import type { BankInFolder } from '../../sandbox/bank.fixture.ts';
import type { PaymentAtBank } from '../../sandbox/bank-counter.ts';
import { bankWeathers, calm } from '../../sandbox/bank-weather.ts';
import type { BankWeather } from '../../sandbox/bank-weather.ts';
import { failureOf } from './swish-errors.ts';
import { instructionOf } from './swish-words.ts';
import type { Asked, PaymentWish } from './way.ts';

type Way = 'swish' | 'card';
type Step =
  | { readonly does: 'weather'; readonly weather: BankWeather }
  | { readonly does: 'create' | 'ask' | 'cancel'; readonly of: number }
  | { readonly does: 'approve' | 'decline' | 'timeOut' | 'hold'; readonly of: number }
  | { readonly does: 'fail'; readonly of: number; readonly code: string }
  | { readonly does: 'wait'; readonly seconds: number }
  | { readonly does: 'restart' };

const kinds = <T extends object>(choices: T) =>
  fc.constantFrom(...(Object.keys(choices) as (keyof T)[]));
const weather = fc.record({
  line: kinds(bankWeathers.line),
  callbacks: kinds(bankWeathers.callbacks),
  truth: kinds(bankWeathers.truth),
  refunds: fc.constant('fair' as const),
});
const of = fc.nat({ max: 1 });
const act: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('create' as const), of }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('ask', 'ask', 'cancel'), of }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('approve' as const), of }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('decline', 'timeOut', 'hold'), of }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('fail' as const),
      of,
      code: fc.constantFrom('RF07', 'DS24', 'FF10', 'TM01'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('wait' as const),
      seconds: fc.constantFrom(60, 330, 1_900),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ does: 'restart' } as const) },
);
/** A few acts in one weather. */
const scene: fc.Arbitrary<readonly Step[]> = fc
  .tuple(weather, fc.array(act, { minLength: 2, maxLength: 5 }))
  .map(([each, acts]) => [{ does: 'weather', weather: each } as const, ...acts]);

const impatienceMs = 100;

/** One payment as the shop sees it: what it wished for, and by what it may ask. */
type Tried = { readonly wish: PaymentWish; reference: string | null };

function atBank(place: BankInFolder, { wish }: Tried): PaymentAtBank | undefined {
  const found = place.bank.payments().filter(({ text }) => text.endsWith(wish.number));
  assert.ok(found.length <= 1, 'more than one payment at the bank');
  return found[0];
}

/** What is told as settled must be so, and stay so. */
function isTrue(told: Asked, there: PaymentAtBank | undefined): boolean {
  switch (told.state) {
    case 'paid':
      return there?.state === 'paid' && there.amountOre === told.paidOre;
    case 'declined':
    case 'cancelled':
    case 'expired':
    case 'failed':
      return there !== undefined && !['waiting', 'processing', 'paid'].includes(there.state);
    case 'unknown-here':
      return there === undefined;
    case 'open':
    case 'unsure':
      return true;
  }
}

/** What a bank that is calm must be understood to say. */
function truthOf(there: PaymentAtBank): Asked['state'] {
  switch (there.state) {
    case 'waiting':
    case 'processing':
      return 'open';
    case 'failed':
      return there.way === 'swish' ? failureOf(there.code ?? undefined) : 'failed';
    case 'paid':
    case 'declined':
    case 'cancelled':
    case 'expired':
      return there.state;
  }
}

async function take(place: BankInFolder, way: Way, tried: readonly Tried[], step: Step) {
  if (step.does === 'weather') return place.bank.setWeather(step.weather);
  if (step.does === 'wait') return place.advance(step.seconds);
  if (step.does === 'restart') {
    const { bank } = place;
    await place.restart();
    return place.bank.setWeather(bank.weather());
  }
  const one = tried[step.of];
  assert.ok(one);
  const bank = place[way](impatienceMs);
  const there = atBank(place, one);
  switch (step.does) {
    case 'create': {
      const created = await bank.create(one.wish as ReturnType<typeof place.payment>);
      const made = atBank(place, one) !== undefined && there === undefined;
      assert.ok(!made || created.outcome !== 'refused', 'refused, and made all the same');
      if (created.outcome === 'open') assert.ok(made || there, 'open, and not there');
      if (created.outcome !== 'refused') one.reference ??= created.reference;
      return;
    }
    case 'ask':
    case 'cancel': {
      if (one.reference === null) return;
      const told = await bank[step.does](knownAs(one.wish, one.reference));
      assert.ok(isTrue(told, atBank(place, one)), `${told.state} is not so`);
      return;
    }
    case 'fail':
      if (there) await place.bank.fail(there.id, step.code);
      return;
    case 'approve':
    case 'decline':
    case 'timeOut':
    case 'hold':
      if (there) await place.bank[step.does](there.id);
  }
}

for (const way of ['swish', 'card'] as const) {
  test(`${way}: after any weather asking gives the truth, and no payment is there twice`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(scene, { minLength: 1, maxLength: 5 }), async (scenes) => {
        await using place = await bankInFolder();
        const wishes = ['10010001', '10010002'].map((number) => place.payment({ number }));
        const tried: Tried[] = wishes.map((wish) => ({ wish, reference: null }));
        for (const each of scenes.flat()) await take(place, way, tried, each);
        place.bank.setWeather(calm);
        await place.bank.quiet();
        for (const one of tried) await holdsAfter(place, way, one);
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });
}

/** Creating again and asking is always enough to know, when the bank knows. */
async function holdsAfter(place: BankInFolder, way: Way, one: Tried): Promise<void> {
  const before = atBank(place, one);
  const created = await place[way]().create(one.wish as ReturnType<typeof place.payment>);
  const there = atBank(place, one);
  if (before) assert.equal(there?.id, before.id);
  if (created.outcome === 'refused') {
    assert.ok(!['waiting', 'processing', 'paid'].includes(there?.state ?? 'none'));
    return;
  }
  const reference = created.reference ?? one.reference;
  assert.ok(there && reference !== null);
  if (way === 'swish') assert.equal(reference, instructionOf(one.wish.paymentId));
  const told = await place[way]().ask(knownAs(one.wish, reference));
  assert.equal(told.state, truthOf(there));
}
