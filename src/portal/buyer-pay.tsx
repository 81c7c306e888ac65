import { countAttempt } from '../accounts/attempts.ts';
import { beginPayment } from '../history/payments/begin-payment.ts';
import { cancelAtBank } from '../history/payments/ask-bank.ts';
import type { Banks } from '../history/payments/banks.ts';
import { isUnderWay, paymentsOfOrder } from '../history/payments/payment-rows.ts';
import { readStanding } from '../history/payments/standing.ts';
import { waysOpen } from '../history/payments/ways-open.ts';
import { seeOther } from '../http/answers.ts';
import type { BuyerVisit } from '../http/route.ts';
import { isProblem, Problem } from '../problem.ts';
import { showEnded, showPayForm } from './buyer-pay-form.tsx';
import { showUnderWay } from './buyer-pay-status.tsx';
import { isGuest, orderIdOf, orderPath } from './buyer-visit.ts';
import type { BuyerPage } from './buyer-visit.ts';

/**
 * How to pay an order, or how far the paying has come. Asks the bank at each visit, as often as is decent, and believes
 * nothing else: being led back here from a bank's page says nothing.
 */
export function payPage(banks: Banks): BuyerPage {
  return async (visit) => {
    const of = { owner: visit.owner, orderId: orderIdOf(visit) };
    const paying = await readStanding(visit.op, banks, of, visit.site);
    const { standing } = paying;
    switch (standing.kind) {
      case 'settled':
        return seeOther(`${orderPath(visit)}?paid=1`);
      case 'under-way':
        return showUnderWay(visit, paying.order, standing);
      case 'over':
      case 'too-late':
        return showEnded(visit, paying.order, standing.kind);
      case 'to-pay':
        return showPayForm(visit, paying, standing.failed, await waysOpen(visit.op, banks));
    }
  };
}

/** How often one customer or guest may begin to pay or choose another way in a quarter of an hour: each time a bank is asked. */
export const triesMax = 20;

/** Begins to pay, goes on with what was begun, or lets go of it for another way. */
export function takePay(banks: Banks): BuyerPage {
  return async (visit) => {
    const wish = wishIn(visit);
    if (!(await mayTry(visit))) return seeOther(`${orderPath(visit)}/pay?wait=1`);
    if (wish === 'other') return chooseAnother(visit, banks);
    // Whoever is led back by a bank's app, which may open another browser window, finds the order by this.
    if (isGuest(visit)) visit.setCookie('__Host-guest', visit.params['code'] ?? '');
    return seeOther(`${orderPath(visit)}/pay${await begin(visit, banks, wish)}`);
  };
}

function wishIn({ form }: BuyerVisit): 'swish' | 'card' | 'other' {
  if (form.has('other')) return 'other';
  const way = form.get('way');
  if (way !== 'swish' && way !== 'card') throw new Problem('bad-input', 'no way to pay');
  return way;
}

/** Each time counts, also where nothing comes of it; looking at the page does not. */
async function mayTry({ op, owner }: BuyerVisit): Promise<boolean> {
  try {
    await countAttempt(op, `pay ${owner}`, triesMax);
    return true;
  } catch (error) {
    if (isProblem(error, 'too-many')) return false;
    throw error;
  }
}

/** What the page says next. The page itself knows better than this answer, in which two clicks may have crossed. */
async function begin(visit: BuyerVisit, banks: Banks, way: 'swish' | 'card'): Promise<string> {
  const wish = { owner: visit.owner, orderId: orderIdOf(visit), way };
  try {
    const isOpen = (await waysOpen(visit.op, banks)).some((open) => open.way === way);
    if (!isOpen) return '?closed=1';
    const begun = await beginPayment(visit.op, banks, wish, visit.site);
    return begun.state === 'open' && begun.handover.kind === 'redirect' ? '?go=1' : '';
  } catch (error) {
    // Another way is under way already, or the order is not to be paid any more: the page says which.
    if (isProblem(error, 'conflict')) return '';
    if (isProblem(error, 'no-agreement')) return '?closed=1';
    throw error;
  }
}

/** The bank is asked first that nothing more can come of what was begun; until it says so there is no other way. */
async function chooseAnother(visit: BuyerVisit, banks: Banks): Promise<Response> {
  const { op, owner } = visit;
  const payment = (await paymentsOfOrder(op, owner, orderIdOf(visit))).find(isUnderWay);
  const news = payment ? await cancelAtBank(op, banks, payment) : 'ended';
  const page = `${orderPath(visit)}/pay`;
  return seeOther(news === 'waiting' ? `${page}?stuck=1` : page);
}
