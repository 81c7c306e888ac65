import type { Child } from 'hono/jsx';
import type { OrderEvent } from '../history/order-events.ts';
import { Steps } from '../pages/steps.tsx';
import type { Step, StepState } from '../pages/steps.tsx';
import { buyerOrderText } from '../text/buyer-order.ts';
import type { OrderShown } from './buyer-order.tsx';

/** What has happened to an order from the beginning on, and what is left. */
export function CourseSection({ shown }: { shown: OrderShown }): Child {
  const { visit, events } = shown;
  const words = buyerOrderText[visit.language];
  const steps = [...events.map((event) => stepOf(event, words)), ...waitsOf(shown, words)];
  if (steps.length === 0) return null;
  return (
    <section aria-labelledby="course">
      <h2 id="course">{words.course}</h2>
      <Steps label={words.course} steps={steps} language={visit.language} />
    </section>
  );
}

type Words = (typeof buyerOrderText)['sv'];

const ofBank: readonly string[] = ['paid', 'payment-failed', 'refunded', 'refund-failed'];
const stopped: readonly string[] = ['payment-failed', 'lapsed', 'no-show', 'refund-failed'];

function stepOf({ kind, party, happenedAt }: OrderEvent, words: Words): Step {
  const state: StepState = stopped.includes(kind) ? 'stopped' : 'done';
  return { title: words.events[kind], state, word: byWhom(kind, party, words), time: happenedAt };
}

/** What happens to money is known from the bank, whoever asked. */
function byWhom(kind: OrderEvent['kind'], party: string, { by }: Words): string {
  if (ofBank.includes(kind) && party !== 'administrator' && party !== 'support') return by.bank;
  if (kind === 'refund-asked') return by.us;
  if (party === 'customer') return by.customer;
  return party === 'routine' ? by.itself : by.us;
}

/** What has not happened yet. */
function waitsOf({ whole }: OrderShown, words: Words): Step[] {
  const { waits, waitsWord } = words;
  const step = (title: string): Step => ({ title, state: 'waiting', word: waitsWord });
  const toSend = whole.reversals.some(({ state }) => state === 'awaiting-goods');
  return [
    ...(whole.order.state === 'unpaid' ? [step(waits.pay)] : []),
    ...(whole.order.state === 'placed' ? [step(waits.perform)] : []),
    ...(toSend ? [step(waits.send)] : []),
  ];
}
