// Order, payment, voucher and mail agree after a crash at any point between them, and the customer is told once.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { newRowId } from '../src/ids.ts';
import type { MailEnvelope } from '../src/messages/smtp.ts';
import { crash } from './crashes.ts';
import { lettersFile } from './crash-order.ts';
import type { CrashJourney } from './crash-order.ts';
import { watchStatements } from './lives.ts';
import type { Death } from './lives.ts';
import { assertAgrees } from './sale-sums.ts';
import { finish, plainStory, tell } from './sale-story.ts';
import type { Story } from './sale-story.ts';
import { noteTakenUnseen, openWorld } from './sale-world.ts';
import type { World } from './sale-world.ts';
import { testSystem } from './system.ts';
import type { TestSystem } from './system.ts';

let system: TestSystem;
let world: World;

before(async () => {
  watchStatements();
  system = await testSystem();
  world = await openWorld(system);
});
after(async () => {
  await world[Symbol.asyncDispose]();
  await system[Symbol.asyncDispose]();
});

const story: fc.Arbitrary<Story> = fc.record({
  buyer: fc.constantFrom('account', 'guest'),
  wants: fc.constantFrom(['goods'] as const, ['time'] as const, ['goods', 'time'] as const),
  way: fc.constantFrom('swish', 'card', 'swish', 'card', 'on-site'),
  payer: fc.constantFrom(
    'approves',
    'approves',
    'approves',
    'late',
    'declines',
    'leaves',
    'held and paid',
    'held and failed',
  ),
  triesAgain: fc.boolean(),
  callbacks: fc.constantFrom('fair', 'lost', 'twice'),
  line: fc.constantFrom('fair', 'fair', 'fair', 'down', 'failing', 'lost answer', 'garbled'),
  takesBack: fc.constantFrom('nothing', 'by cancelling', 'by withdrawing', 'by withdrawing'),
  refunds: fc.constantFrom('fair', 'fair', 'failing'),
  persists: fc.boolean(),
  isWatched: fc.boolean(),
});
const when = fc.constantFrom('before' as const, 'after' as const);
/** A whole story asks for some 150 things. What lies around a bank and a letter is where it gets dear. */
const death: fc.Arbitrary<Death> = fc.oneof(
  fc.record({ at: fc.integer({ min: 1, max: 150 }), when }),
  fc.record({
    at: fc.integer({ min: 1, max: 12 }),
    when,
    since: fc.constantFrom('bank', 'bank', 'letter'),
  }),
);
/** Goods that come back: chance seldom leads to all that it takes. */
const withdrawal: Story = { ...plainStory, takesBack: 'by withdrawing' };
const deaths = fc.array(death, { minLength: 1, maxLength: 4 });

test('wherever the work on an order is cut off, money, books, orders and letters agree in the end', async () => {
  await fc.assert(
    fc.asyncProperty(story, deaths, async (told, ends) => {
      await assertAgrees(world, await tell(world, told, ends));
    }),
    {
      numRuns: 30,
      endOnFailure: true,
      examples: [30, 60, 90].map((at) => [withdrawal, [{ at, when: 'after' }]]),
    },
  );
});

/** From the handing over of a letter: its outcome, its departure, its end in the outbox, the commit. */
const thingsWithALetter = 5;

test('a letter comes twice only when its sender ends between the word of the supplier and its own commit, as the same letter', async () => {
  for (let at = 1; at <= thingsWithALetter; at += 1) {
    for (const when of ['before', 'after'] as const) {
      const known = world.letters.length;
      await assertAgrees(world, await tell(world, plainStory, [{ at, when, since: 'letter' }]));
      const ids = world.letters.slice(known).map(({ messageId }) => messageId);
      assert.equal(new Set(ids).size, 2, 'confirmation and receipt');
      const isInBetween =
        !(at === 1 && when === 'before') && !(at === thingsWithALetter && when === 'after');
      assert.equal(ids.length, isInBetween ? 3 : 2, `${when} thing ${at}`);
    }
  }
});

const killed = (journey: CrashJourney, dieAt: number) =>
  crash(system, journey, { points: 'every', dieAt });

test('a process that is killed while it sells leaves nothing that the next one does not put right', async () => {
  const sale = { swish: world.bank.swish, origin: world.site.origin };
  const settling = { kind: 'settle', ...sale } as const;
  const newPurchase = () => {
    system.now = system.now.add({ hours: 1 });
    const orderId = newRowId(system.now);
    return { kind: 'buy', owner: world.customer, orderId, ...sale } as const;
  };
  const { length: buying } = await killed(newPurchase(), 0);
  await approveAll();
  const { length: settled } = await killed(settling, 0);
  const within = (last: number) => fc.integer({ min: 1, max: last });
  await fc.assert(
    fc.asyncProperty(within(buying), within(settled), async (first, second) => {
      const purchase = newPurchase();
      await killed(purchase, first);
      await killed(purchase, 0);
      await approveAll();
      await killed(settling, second);
      readLetters();
      await noteTakenUnseen(world);
      await finish(world);
      await assertAgrees(world, purchase);
    }),
    { numRuns: 4, endOnFailure: true },
  );
});

async function approveAll(): Promise<void> {
  for (const { id } of world.bank.payments()) await world.bank.approve(id);
  await world.bank.quiet();
  system.now = system.now.add({ minutes: 1 });
}

/** The letters that other processes have handed over. */
function readLetters(): void {
  const file = path.join(system.folder, lettersFile);
  if (!existsSync(file)) return;
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  world.letters.push(...lines.map((line) => JSON.parse(line) as MailEnvelope));
  rmSync(file);
}
