// The story of one order, from the basket to the last letter, told by processes that may end at any point of it.
import { newToken, writeToken } from '../src/accounts/tokens.ts';
import { advanceRefunds } from '../src/bookkeeping/refunds.ts';
import type { PayWay, ReversalKind } from '../src/database/records-history.ts';
import { noteGoodsBack } from '../src/history/goods-back.ts';
import { placeGuestOrder } from '../src/history/guests-order.ts';
import { handOver } from '../src/history/hand-over.ts';
import { lapseUnpaid } from '../src/history/lapse.ts';
import type { OrderWish } from '../src/history/order-wish.ts';
import { askAboutPayments } from '../src/history/payments/ask-bank.ts';
import { beginPayment } from '../src/history/payments/begin-payment.ts';
import { takeCardEvent, takeSwishCallback } from '../src/history/payments/callbacks.ts';
import { writePaidLetter } from '../src/history/payments/paid-letter.ts';
import { takeOnSite } from '../src/history/payments/settle.ts';
import { readStanding } from '../src/history/payments/standing.ts';
import { totalsOf } from '../src/history/order-wish.ts';
import { placeOrder } from '../src/history/place-order.ts';
import { noteRefundEnded } from '../src/history/refund-news.ts';
import { optionsOf } from '../src/history/take-back.ts';
import { takeBack } from '../src/history/take-back-order.ts';
import { currentTerms } from '../src/history/terms.ts';
import { readWhole, reversalsOfOrder } from '../src/history/whole-order.ts';
import { newOwnerId, newRowId } from '../src/ids.ts';
import type { OwnerId, RowId } from '../src/ids.ts';
import { sendNext, writeMail } from '../src/messages/outbox.ts';
import { sender } from '../src/messages/outbox.fixture.ts';
import type { Smtp } from '../src/messages/smtp.ts';
import type { Actor } from '../src/operation.ts';
import { orderConfirmation } from '../src/portal/order-letter.ts';
import { Problem } from '../src/problem.ts';
import { calm } from '../src/sandbox/bank-weather.ts';
import type { BankWeather } from '../src/sandbox/bank-weather.ts';
import { banksOf, startLife } from './lives.ts';
import type { Death, Life } from './lives.ts';
import { isQuiet, noteTakenUnseen } from './sale-world.ts';
import type { World } from './sale-world.ts';
import { shopWish } from './shop.ts';
import { person } from './system.ts';

/** What happens, but for the ends of processes. */
export type Story = {
  readonly buyer: 'account' | 'guest';
  readonly wants: readonly ('goods' | 'time')[];
  readonly way: PayWay;
  /** What the payer does: `late` is a minute before it is too late, `held` shows later what it is. */
  readonly payer: 'approves' | 'declines' | 'leaves' | 'late' | 'held and paid' | 'held and failed';
  /** After nothing came of it, the other bank is tried. */
  readonly triesAgain: boolean;
  readonly callbacks: 'fair' | 'lost' | 'twice';
  /** How the banks answer, until they are well again some minutes after everything else. */
  readonly line: Exclude<BankWeather['line'], 'slow'>;
  /** Withdrawn from are goods that have been handed over: they come back, and the money after them. */
  readonly takesBack: 'nothing' | 'by cancelling' | 'by withdrawing';
  readonly refunds: 'fair' | 'failing';
  /** Whoever was cut off does the same again; if not, only the routines go on. */
  readonly persists: boolean;
  /** While a routine is told by the bank, the page of the payer asks as well. */
  readonly isWatched: boolean;
};

/** One thing is ordered and paid by Swish, and nothing is in the way. */
export const plainStory: Story = {
  buyer: 'account',
  wants: ['goods'],
  way: 'swish',
  payer: 'approves',
  triesAgain: false,
  callbacks: 'fair',
  line: 'fair',
  takesBack: 'nothing',
  refunds: 'fair',
  persists: true,
  isWatched: false,
};

const seller = 'kund@example.se';
/** Whoever works there, without an account of their own in these stories. */
const counter: Actor = { party: 'routine', routine: 'counter' };
const minutesToPay = 40;
const ticksMax = 40;
const watchedEverySeconds = 3;
const turnOfRecovery = 2;

/** One order, and the process that works on it now. */
class Telling {
  readonly world: World;
  readonly story: Story;
  readonly wish: OrderWish;
  readonly code: string;
  readonly owner: OwnerId;
  life: Life;
  readonly #deaths: Death[];

  constructor(world: World, story: Story, deaths: readonly Death[], life: Life) {
    const { system } = world;
    this.world = world;
    this.story = story;
    this.life = life;
    this.#deaths = [...deaths];
    this.owner = story.buyer === 'account' ? world.customer : newOwnerId();
    this.code = writeToken(newToken(this.owner, newRowId(system.now)));
    const startsAt = system.now
      .add({ hours: 48 })
      .round({ smallestUnit: 'hour', roundingMode: 'ceil' });
    const lines = story.wants.map((want) =>
      want === 'goods' ? { item: world.product, quantity: 2 } : { item: world.time, startsAt },
    );
    this.wish = shopWish(system, lines, story.way);
  }

  /** One step, done again by the next process if it is `certain` that somebody does. */
  async step(does: 'once' | 'certainly', work: (life: Life) => Promise<unknown>): Promise<void> {
    for (;;) {
      const { life } = this;
      try {
        await work(life);
      } catch (error) {
        // What the product refuses is an answer like another.
        if (!life.isOver && !(error instanceof Problem)) throw error;
      }
      if (!life.isOver) return;
      await this.#startAgain();
      if (does === 'once') return;
    }
  }

  async #startAgain(): Promise<void> {
    const { world } = this;
    await this.life.end();
    await noteTakenUnseen(world);
    this.life = await startLife(world.system, this.#deaths.shift() ?? null);
  }

  /** A supplier that takes every letter. */
  smtpOf(life: Life): Smtp {
    return {
      send: (envelope) =>
        life.ask(() => {
          this.world.letters.push(envelope);
          return Promise.resolve({ outcome: 'accepted', reference: envelope.messageId });
        }, 'letter'),
      close: () => Promise.resolve(),
    };
  }

  get buyer(): Actor {
    return { party: 'customer', owner: this.owner };
  }
}

/** Tells a story to its end: until no routine has anything left to do. */
export async function tell(world: World, story: Story, deaths: readonly Death[]): Promise<Told> {
  const { system, bank } = world;
  system.now = system.now.add({ hours: 1 });
  bank.setWeather(weatherOf(story));
  const [first = null, ...others] = deaths;
  const telling = new Telling(world, story, others, await startLife(system, first));
  const does = story.persists ? 'certainly' : 'once';
  await telling.step(does, (life) => place(telling, life));
  await pay(telling, does);
  if (story.takesBack !== 'nothing') {
    passMinutes(world, 1);
    await takeBackAsTold(telling, does);
  }
  await tellToTheEnd(telling);
  await telling.life.end();
  return { owner: telling.owner, orderId: telling.wish.orderId };
}

function weatherOf({ callbacks, refunds, line }: Story): BankWeather {
  return { ...calm, callbacks, refunds, line };
}

/** Whose order a story was about. */
export type Told = { readonly owner: OwnerId; readonly orderId: RowId };

/** Lets a process that does not end do what is left to be done. */
export async function finish(world: World): Promise<void> {
  const telling = new Telling(world, plainStory, [], await startLife(world.system, null));
  await tellToTheEnd(telling);
  await telling.life.end();
}

async function place(telling: Telling, life: Life): Promise<void> {
  const { story, wish, code, owner } = telling;
  const isGuest = story.buyer === 'guest';
  const op = life.op(isGuest ? { party: 'nobody' } : telling.buyer, 'order');
  const { email } = person;
  const confirm = orderConfirmation({
    email,
    language: 'sv',
    isProtected: false,
    isGuest,
    wish,
    terms: await currentTerms(op.db),
    link: 'http://localhost/order',
    sellerEmail: seller,
  });
  await (isGuest
    ? placeGuestOrder(op, { code, email, language: 'sv' }, wish, confirm)
    : placeOrder(op, owner, wish, confirm));
}

async function pay(telling: Telling, does: 'once' | 'certainly'): Promise<void> {
  const { story, world, wish, owner } = telling;
  const { orderId } = wish;
  if (story.way === 'on-site') {
    const due = { owner, orderId, seenDueOre: totalsOf(wish.lines).totalOre };
    return telling.step(does, (life) => takeOnSite(life.op(counter, 'payment'), due, 'terminal'));
  }
  for (const way of story.triesAgain ? [story.way, other(story.way)] : [story.way]) {
    await telling.step(does, (life) => {
      const op = life.op(telling.buyer, 'payment');
      return beginPayment(op, banksOf(life, world.banks), { owner, orderId, way }, world.site);
    });
    await decide(telling);
    await hearCallbacks(telling);
    await tick(telling);
  }
}

function other(way: 'swish' | 'card'): 'swish' | 'card' {
  return way === 'swish' ? 'card' : 'swish';
}

/** What the payer does at the bank, with everything that lies open there. */
async function decide({ story, world }: Telling): Promise<void> {
  const { bank } = world;
  const open = bank.payments().filter(({ state }) => state === 'waiting');
  if (story.payer === 'late') passMinutes(world, 5);
  for (const { id } of open) {
    switch (story.payer) {
      case 'approves':
      case 'late':
        await bank.approve(id);
        break;
      case 'declines':
        await bank.decline(id);
        break;
      case 'held and paid':
      case 'held and failed':
        await bank.hold(id);
        break;
      case 'leaves':
        break;
    }
  }
  await bank.quiet();
}

/** As the routes of callbacks do. The bank hears 200 before anything is done, so that nobody calls again. */
async function hearCallbacks(telling: Telling): Promise<void> {
  const { world } = telling;
  for (const call of world.callbacks.splice(0)) {
    await telling.step('once', (life) => {
      const op = life.op({ party: 'nobody' }, 'payment');
      const id = call.path.split('/').at(-1) ?? '';
      return id === 'card'
        ? takeCardEvent(op, call, world.bank.card.webhookSecrets)
        : takeSwishCallback(op, id as RowId, call);
    });
  }
}

async function takeBackAsTold(telling: Telling, does: 'once' | 'certainly'): Promise<void> {
  const { owner, story, wish } = telling;
  if (story.takesBack === 'by cancelling')
    return telling.step(does, (life) => takeAllBack(telling, life, 'cancellation'));
  const of = { owner, orderId: wish.orderId };
  await telling.step(does, (life) => handOver(life.op(counter, 'order'), of));
  await telling.step(does, (life) => takeAllBack(telling, life, 'withdrawal'));
  // What is on its way back arrives.
  await telling.step('certainly', (life) => receiveGoods(telling, life));
}

async function takeAllBack(
  telling: Telling,
  life: Life,
  kind: 'cancellation' | 'withdrawal',
): Promise<void> {
  const { owner, wish, world } = telling;
  const { orderId } = wish;
  const op = life.op(telling.buyer, 'payment');
  const opener = await op.vault.openFor(op, owner, ['history']);
  const options = optionsOf(await readWhole(op, opener, orderId), world.system.now);
  const lines = options.map(({ line, quantityLeft }) => ({
    lineId: line.lineId,
    quantity: quantityLeft,
  }));
  const offers = options.map((option) => option[kind === 'withdrawal' ? 'withdraw' : 'cancel']);
  const seenRefundOre = offers.reduce((sum, offer) => sum + (offer?.refundOre ?? 0), 0);
  const back = { owner, orderId, lines, seenRefundOre, statement: null, kind };
  await takeBack(op, back, async (write, sealer, { whole }) => {
    const subject = takenBack(kind, whole.order.number);
    const mail = { email: person.email, language: 'sv', subject, text: subject } as const;
    await writeMail(write, sealer, mail);
  });
}

export const takenBack = (kind: ReversalKind, number: string): string => `${kind} ${number}`;

async function receiveGoods({ owner, wish }: Telling, life: Life): Promise<void> {
  const of = { owner, orderId: wish.orderId };
  const op = life.op(counter, 'payment');
  const [awaited] = (await reversalsOfOrder(op, owner, of.orderId)).filter(
    ({ state }) => state === 'awaiting-goods',
  );
  if (awaited === undefined) return;
  const back = { ...of, reversalId: awaited.reversalId, sellAgain: true };
  await noteGoodsBack(op, back, async (write, sealer, { receipt, contact }) => {
    if (receipt !== null) await writePaidLetter(write, sealer, contact, receipt);
  });
}

/** Every routine that has to do with it, once, as the schedule runs them. */
async function tick(telling: Telling): Promise<void> {
  const { world } = telling;
  const { site } = world;
  const routine = (name: string): Actor => ({ party: 'routine', routine: name });
  await telling.step('once', (life) => {
    const banks = banksOf(life, world.banks, () => watch(telling, life));
    return askAboutPayments(life.op(routine('payments'), 'payment'), banks, site);
  });
  await telling.step('once', (life) =>
    advanceRefunds(
      life.op(routine('payments'), 'payment'),
      banksOf(life, world.banks),
      site,
      noteRefundEnded,
    ),
  );
  await telling.step('once', (life) =>
    lapseUnpaid(life.op(routine('lapse-orders'), 'payment'), banksOf(life, world.banks)),
  );
  await telling.step('once', async (life) => {
    const op = life.op(routine('send-mail'), 'service-message');
    const smtp = telling.smtpOf(life);
    while (await sendNext(op, smtp, sender));
  });
}

/** The page that waits for the payment, a moment later: it may ask, and be the first to know. */
async function watch({ story, world, owner, wish, buyer }: Telling, life: Life): Promise<void> {
  if (!story.isWatched) return;
  const { system, banks, site } = world;
  system.now = system.now.add({ seconds: watchedEverySeconds });
  const { orderId } = wish;
  const op = life.op(buyer, 'payment');
  await readStanding(op, banksOf(life, banks), { owner, orderId }, site);
}

async function tellToTheEnd(telling: Telling): Promise<void> {
  const { world, story } = telling;
  for (let turn = 0; turn < ticksMax; turn += 1) {
    await hearCallbacks(telling);
    await tick(telling);
    passMinutes(world, turn < 3 ? 1 : minutesToPay + turn);
    if (turn === turnOfRecovery) world.bank.setWeather({ ...weatherOf(story), line: 'fair' });
    if (turn === 4) await decideHeld(world, story.payer === 'held and paid');
    await world.bank.quiet();
    if (turn > 4 && (await isQuiet(world))) return;
  }
  throw new Error('the routines come to no end');
}

async function decideHeld({ bank }: World, isPaid: boolean): Promise<void> {
  for (const { id, state } of bank.payments()) {
    if (state !== 'processing') continue;
    await (isPaid ? bank.approve(id) : bank.decline(id));
  }
}

function passMinutes({ system }: World, minutes: number): void {
  system.now = system.now.add({ minutes });
}
