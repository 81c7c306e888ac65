import { z } from 'zod';
import { countLetter } from '../accounts/attempts.ts';
import { contactOf } from '../history/contact.ts';
import type { Contact } from '../history/contact.ts';
import { optionsOf } from '../history/take-back.ts';
import type { LineOptions, TakeBackLine } from '../history/take-back.ts';
import { takeBack } from '../history/take-back-order.ts';
import { readWhole } from '../history/whole-order.ts';
import type { WholeOrder } from '../history/whole-order.ts';
import { seeOther } from '../http/answers.ts';
import { emailField, line } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { BuyerVisit } from '../http/route.ts';
import { isProblem } from '../problem.ts';
import { withdrawLetter } from './buyer-letters.ts';
import { linesFor, linesIn, wholeLines } from './buyer-take-back.tsx';
import { orderIdOf, orderPath } from './buyer-visit.ts';
import type { Faults } from './form-errors.ts';
import {
  showConfirmation,
  showNothingToWithdraw,
  showWithdrawForm,
  statementOf,
} from './buyer-withdraw-pages.tsx';

/** What somebody who withdraws tells: name, what, and where the acknowledgement goes. */
export type WithdrawalFields = { readonly name: string; readonly email: string };

/** Everything that the pages of a withdrawal show. */
export type Withdrawing = {
  readonly whole: WholeOrder;
  readonly contact: Contact;
  readonly options: readonly LineOptions[];
  /** The lines that can be withdrawn from now. */
  readonly of: readonly LineOptions[];
};

const nameLengthMax = 100;
const fields = z.object({ name: line(nameLengthMax), email: emailField });

/** The first step of the withdrawal function (distansavtalslagen 2005:59, 2 kap. 10 a §): who, from what, and where to acknowledge. */
export async function withdrawPage(visit: BuyerVisit): Promise<Response> {
  const withdrawing = await readWithdrawing(visit);
  if (withdrawing.of.length === 0) return showNothingToWithdraw(visit, withdrawing);
  const { contact, whole, of } = withdrawing;
  const values = new Map([
    ['name', whole.order.delivery.recipient_name],
    ['email', contact.email],
  ]);
  return showWithdrawForm(visit, withdrawing, { values, chosen: wholeLines(of) });
}

/** The second step, which shows everything anew, and then the withdrawal itself. */
export async function takeWithdraw(visit: BuyerVisit): Promise<Response> {
  const withdrawing = await readWithdrawing(visit);
  const isConfirmed = visit.form.has('seen_refund');
  const chosen = linesIn(visit.form, withdrawing.of);
  if (withdrawing.of.length === 0 || (isConfirmed && chosen.length === 0))
    return seeOther(`${orderPath(visit)}?already=1`);
  const parsed = parseForm(fields, visit.form);
  const faults: Faults = {
    ...(parsed.ok ? {} : parsed.faults),
    ...(chosen.length === 0 ? { lines: 'missing' } : {}),
  };
  if (!parsed.ok || chosen.length === 0 || visit.form.has('change'))
    return showWithdrawForm(visit, withdrawing, { values: visit.form, chosen, faults });
  if (!isConfirmed) return showConfirmation(visit, withdrawing, { fields: parsed.value, chosen });
  return withdraw(visit, withdrawing, { fields: parsed.value, chosen });
}

type Wanted = { readonly fields: WithdrawalFields; readonly chosen: readonly TakeBackLine[] };

async function withdraw(
  visit: BuyerVisit,
  withdrawing: Withdrawing,
  { fields: told, chosen }: Wanted,
): Promise<Response> {
  const { op, owner, form } = visit;
  const statement = statementOf(withdrawing.whole, { name: told.name, chosen }, visit.language);
  const wish = {
    owner,
    orderId: orderIdOf(visit),
    kind: 'withdrawal',
    lines: chosen,
    seenRefundOre: Number(form.get('seen_refund')),
    statement,
  } as const;
  try {
    // Anybody with the code of an order can have the acknowledgement sent to any address.
    await countLetter(op, { kind: 'withdrawal', to: told.email, from: op.network });
    const letter = withdrawLetter(visit, withdrawing.contact, { ...told, statement });
    const { reversalId } = await takeBack(op, wish, letter);
    return seeOther(`${orderPath(visit)}/taken-back/${reversalId}`);
  } catch (error) {
    if (isProblem(error, 'too-many'))
      return showConfirmation(visit, withdrawing, { fields: told, chosen, trouble: 'tooMany' });
    if (!isProblem(error, 'conflict')) throw error;
    const now = await readWithdrawing(visit);
    const left = linesIn(form, now.of);
    if (left.length === 0) return seeOther(`${orderPath(visit)}?already=1`);
    return showConfirmation(visit, now, { fields: told, chosen: left, trouble: 'changed' });
  }
}

async function readWithdrawing(visit: BuyerVisit): Promise<Withdrawing> {
  const { op, owner } = visit;
  const opener = await op.vault.openFor(op, owner, ['credentials', 'history']);
  const whole = await readWhole(op, opener, orderIdOf(visit));
  const options = optionsOf(whole, op.now);
  const contact = await contactOf(op, opener);
  return { whole, contact, options, of: linesFor(options, 'withdrawal') };
}
