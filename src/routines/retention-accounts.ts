import { readAccount } from '../accounts/account.ts';
import type { Account } from '../accounts/account.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { writeMail } from '../messages/outbox.ts';
import type { Mail } from '../messages/outbox.ts';
import { oneByOne } from '../one-by-one.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { accountStay } from '../policy/keeping.ts';
import { notice } from '../policy/notice.ts';
import { nextStep, spareDays } from '../settings/closing-rules.ts';
import type { NextStep } from '../settings/closing-rules.ts';
import { closingsUntil, lockClosing } from '../settings/closings.ts';
import type { Closing } from '../settings/closings.ts';
import { date, dayAt } from '../text/format.ts';
import { keepingMailText } from '../text/keeping.ts';
import { settleBeforeLeaving } from '../history/leave-orders.ts';
import type { Banks } from '../history/payments/banks.ts';
import { guestsDue } from '../history/guest-erasure.ts';
import { askErasure, askErasureIf } from './erasure-ask.ts';
import { newReceiptCode } from './receipt-code.ts';

/** Where links in letters lead, and the banks that have to be asked about payments. */
export type ClosingParts = { readonly origin: string; readonly banks: Banks };

/** Accounts looked at in one go. What is left comes with the next turn, a quarter of an hour later. */
const closingsMax = 2_000;
const hoursOfDay = 24;

/** Writes the letters that come before an account is closed, each of them once. @returns how many */
export async function tellBeforeClosing(op: Operation): Promise<number> {
  await forgetStopped(op);
  const ahead = (accountStay.letterDays.month + spareDays) * hoursOfDay;
  const closings = await closingsUntil(op, op.now.add({ hours: ahead }), closingsMax);
  return oneByOne(
    closings,
    async (closing) => {
      const { step } = nextStep(closing, op.now);
      if (step !== 'month-letter' && step !== 'week-letter') return false;
      return (await tell(op, closing.owner, step)) !== null;
    },
    leftAlone,
  );
}

/** Accounts whose time is up now, and to whom everything has been said. */
export async function accountsDue(op: Operation): Promise<OwnerId[]> {
  const closings = await closingsUntil(op, op.now, closingsMax);
  return closings
    .filter((closing) => nextStep(closing, op.now).step === 'close')
    .map(({ owner }) => owner);
}

/**
 * Asks for the erasure of the accounts whose time is up; the routine of erasures does the rest. Nobody is there to be
 * given the code of the receipt, so it goes with the last letter. @returns how many
 */
export async function closeAccounts(op: Operation, parts: ClosingParts): Promise<number> {
  const closeOne = async (owner: OwnerId) => (await close(op, owner, parts)) !== null;
  return oneByOne(await accountsDue(op), closeOne, leftAlone);
}

/**
 * Orders of guests whose time is up: the ordinary erasure, with recipients asked and everywhere looked. Nobody is told,
 * because there is no account that a letter could speak of. @returns how many
 */
export async function closeGuests(op: Operation): Promise<number> {
  const closeOne = async (owner: OwnerId) => {
    await askErasure(op, owner, newReceiptCode());
    return true;
  };
  return oneByOne(await guestsDue(op), closeOne, leftAlone);
}

/** The ordinary erasure of one account; null when its customer has used it, or chosen otherwise, meanwhile. */
async function close(
  op: Operation,
  owner: OwnerId,
  { origin, banks }: ClosingParts,
): Promise<RowId | null> {
  // *Safety:* who signs in between this and the lock keeps the account, and finds such an order cancelled and paid back.
  if ((await settleBeforeLeaving(op, banks, owner)) === 'bank') return null;
  const code = newReceiptCode();
  const receiptLink = `${origin}/receipt#${code}`;
  const isDue = async (write: WriteOperation) => {
    const closing = await lockClosing(write, owner);
    return closing !== null && nextStep(closing, write.now).step === 'close';
  };
  // A purchase is kept as proof only by who asks for it.
  const wish = { farewell: { receiptLink, proofLink: receiptLink }, proof: null };
  return askErasureIf(op, owner, code, isDue, wish);
}

/** Whoever is leaving already, or has restricted the handling of the data, is left alone. */
const leftAlone = ['fenced', 'restricted', 'not-found'] as const;

async function tell(
  op: Operation,
  owner: OwnerId,
  expected: 'month-letter' | 'week-letter',
): Promise<RowId | null> {
  const opener = await op.vault.openFor(op, owner, ['credentials']);
  const account = await readAccount(op, opener);
  return inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    // Of two who come at once, the second finds that it has been said.
    const closing = await lockClosing(write, owner);
    if (closing === null) return null;
    const next = nextStep(closing, write.now);
    if (next.step !== expected) return null;
    const message = await writeMail(write, sealer, letterOf(account, closing, next));
    await noteLetter(write, closing, next, message);
    return message;
  });
}

type LetterStep = Extract<NextStep, { readonly closesAt: Temporal.Instant }>;

function letterOf({ email, language }: Account, closing: Closing, next: LetterStep): Mail {
  const words = keepingMailText[language][closing.choice];
  const day = dayAt(next.closesAt);
  const said = {
    company: notice.controller.name,
    day: date(day, language),
    lastDay: date(day.subtract({ days: 1 }), language),
  };
  const which = next.step === 'month-letter' ? 'month' : 'week';
  return { email, language, subject: words.subject[which](said), text: words.text[which](said) };
}

async function noteLetter(
  write: WriteOperation,
  { owner, dueAt, told }: Closing,
  { step, closesAt }: LetterStep,
  message: RowId,
): Promise<void> {
  const isFirst = step === 'month-letter';
  const letter = isFirst
    ? { month_letter_id: message, month_letter_at: write.now }
    : { week_letter_id: message, week_letter_at: write.now };
  const row = { closes_at: closesAt, ...letter };
  if (told !== null) {
    await write.db.updateTable('settings.closing').set(row).where('owner_id', '=', owner).execute();
    return;
  }
  // What may stand there is about a closing that will not be: the account was used since, or something else chosen.
  await write.db.deleteFrom('settings.closing').where('owner_id', '=', owner).execute();
  await write.db
    .insertInto('settings.closing')
    .values({
      owner_id: owner,
      counted_to: dueAt,
      closes_at: closesAt,
      began_at: write.now,
      month_letter_id: message,
      month_letter_at: write.now,
      week_letter_id: null,
      week_letter_at: null,
    })
    .execute();
}

/** Once a restriction is lifted everything is said anew: what was said before it may be long ago. */
async function forgetStopped({ db }: Operation): Promise<void> {
  await db
    .deleteFrom('settings.closing')
    .where('owner_id', 'in', (from) =>
      from
        .selectFrom('vault.stop')
        .select('owner_id')
        .where('purpose', '=', 'keeping')
        .where('ground', '=', 'restriction'),
    )
    .execute();
}
