// The parts of a sale that a process of its own takes on until it is killed.
import { appendFileSync } from 'node:fs';
import { advanceRefunds } from '../src/bookkeeping/refunds.ts';
import { listItems } from '../src/history/catalogue/items.ts';
import { plainLine } from '../src/history/order-wish.ts';
import { askAboutPayments } from '../src/history/payments/ask-bank.ts';
import { beginPayment } from '../src/history/payments/begin-payment.ts';
import { openSwish } from '../src/history/payments/swish.ts';
import { placeOrder } from '../src/history/place-order.ts';
import { noteRefundEnded } from '../src/history/refund-news.ts';
import { currentTerms } from '../src/history/terms.ts';
import { sendNext } from '../src/messages/outbox.ts';
import { sender } from '../src/messages/outbox.fixture.ts';
import type { Smtp } from '../src/messages/smtp.ts';
import type { Actor, Operation } from '../src/operation.ts';
import type { Purpose } from '../src/policy/purposes.ts';
import { orderConfirmation } from '../src/portal/order-letter.ts';
import type { CrashJourney, CrashSale } from './crash-order.ts';
import { home } from './shop.ts';
import { person } from './system.ts';

type Begin = (actor: Actor, purpose: Purpose) => Operation;

const banksOf = ({ swish }: CrashSale) => ({ swish: openSwish(swish), card: null });

/** Orders the first thing of the catalogue, and goes to the bank with it. */
export async function buy(
  op: Begin,
  journey: Extract<CrashJourney, { readonly kind: 'buy' }>,
): Promise<void> {
  const { owner, orderId, origin } = journey;
  const buyer: Actor = { party: 'customer', owner };
  const ordering = op(buyer, 'order');
  const [item] = await listItems(ordering.db);
  if (item === undefined) throw new Error('the catalogue is empty');
  const lines = [plainLine(item, 1, item.name.sv)];
  const wish = { orderId, lines, delivery: home, payWay: 'swish', termsId: null } as const;
  const confirm = orderConfirmation({
    email: person.email,
    language: 'sv',
    isProtected: false,
    isGuest: false,
    wish,
    terms: await currentTerms(ordering.db),
    link: `${origin}/history/${orderId}`,
    sellerEmail: 'kund@example.se',
  });
  await placeOrder(ordering, owner, wish, confirm);
  const paying = { owner, orderId, way: 'swish' } as const;
  await beginPayment(op(buyer, 'payment'), banksOf(journey), paying, { origin });
}

/** What the routines of payments and letters do, once. */
export async function settle(op: Begin, sale: CrashSale, lettersFile: string): Promise<void> {
  const { origin } = sale;
  const payments = op({ party: 'routine', routine: 'payments' }, 'payment');
  await askAboutPayments(payments, banksOf(sale), { origin });
  await advanceRefunds(payments, banksOf(sale), { origin }, noteRefundEnded);
  const smtp: Smtp = {
    send: (envelope) => {
      appendFileSync(lettersFile, `${JSON.stringify(envelope)}\n`);
      return Promise.resolve({ outcome: 'accepted', reference: envelope.messageId });
    },
    close: () => Promise.resolve(),
  };
  const sending = op({ party: 'routine', routine: 'send-mail' }, 'service-message');
  while (await sendNext(sending, smtp, sender));
}
