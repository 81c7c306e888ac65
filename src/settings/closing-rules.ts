import { accountStay } from '../policy/keeping.ts';
import type { Closing, Letter } from './closings.ts';

const hoursOfDay = 24;
const { month: monthDays, week: weekDays } = accountStay.letterDays;
/** Letters are written a day before they must be, so that a slow mail server postpones nothing. */
export const spareDays = 1;
/** A letter that was refused, or could not leave for a week, is written again after this time. */
const againDays = 7;

/** What is to be done about a closing now: nothing yet, a letter, or closing the account. */
export type NextStep =
  | { readonly step: 'nothing' }
  | { readonly step: 'month-letter' | 'week-letter'; readonly closesAt: Temporal.Instant }
  | { readonly step: 'close' };

/** The one rule by which accounts are told and closed; the proof asks the same rule what should have been done. */
export function nextStep(closing: Closing, now: Temporal.Instant): NextStep {
  const { told } = closing;
  if (told === null)
    return isSoon(closing.dueAt, monthDays, now) ? monthLetter(closing, now) : none;
  if (isPast(lastMoment(closing), now)) return { step: 'close' };
  const month = told.month.sentAt;
  if (month === null) return isLost(told.month, now) ? monthLetter(closing, now) : none;
  const closesAt = latest(told.closesAt, after(month, leadDays(closing, monthDays)));
  if (!needsWeekLetter(closing)) return closeIf(closing, closesAt, now);
  if (told.week === null) return isSoon(closesAt, weekDays, now) ? weekLetter(closing, now) : none;
  if (told.week.sentAt === null) return isLost(told.week, now) ? weekLetter(closing, now) : none;
  return closeIf(
    closing,
    latest(closesAt, after(told.week.sentAt, leadDays(closing, weekDays))),
    now,
  );
}

const none: NextStep = { step: 'nothing' };

/** Waits for what is on its way to the customer; the last moment ends the waiting. */
function closeIf(closing: Closing, at: Temporal.Instant, now: Temporal.Instant): NextStep {
  return isPast(at, now) && !closing.hasUndelivered ? { step: 'close' } : none;
}

/** From here on nothing is waited for: data must not stay for ever because a mailbox is gone. */
export function lastMoment({ dueAt, told }: Closing): Temporal.Instant {
  const earliest = told === null ? dueAt : after(told.beganAt, monthDays + spareDays);
  return after(latest(dueAt, earliest), accountStay.waitDays);
}

/** Never earlier than the letter promises its reader time to answer, however late it was written. */
function monthLetter(closing: Closing, now: Temporal.Instant): NextStep {
  return { step: 'month-letter', closesAt: announced(closing, monthDays, now) };
}

function weekLetter(closing: Closing, now: Temporal.Instant): NextStep {
  return { step: 'week-letter', closesAt: announced(closing, weekDays, now) };
}

function announced(closing: Closing, days: number, now: Temporal.Instant): Temporal.Instant {
  const { dueAt, told } = closing;
  const month = told?.month.sentAt ?? null;
  const said = month === null ? dueAt : after(month, leadDays(closing, monthDays));
  const planned = latest(dueAt, latest(told?.closesAt ?? dueAt, said));
  const lead = leadDays(closing, days);
  if (Temporal.Instant.compare(planned, after(now, lead)) >= 0) return planned;
  return after(now, lead === 0 ? 0 : lead + spareDays);
}

/**
 * How many days lie between a letter and the closing, at least. Who chooses a date that is nearer than the letter is
 * early has chosen to have less time.
 */
function leadDays({ choice, dueAt, chosenAt }: Closing, days: number): number {
  if (choice === 'unused' || chosenAt === null) return days;
  const chosen = dueAt.since(chosenAt).total('hours') / hoursOfDay - spareDays;
  return Math.min(days, Math.max(0, chosen));
}

/** Where the first letter comes within days of the closing, a second one would only say it again. */
function needsWeekLetter({ choice, dueAt, chosenAt }: Closing): boolean {
  if (choice === 'unused' || chosenAt === null) return true;
  return dueAt.since(chosenAt).total('hours') > (weekDays + spareDays) * hoursOfDay;
}

function isLost(letter: Letter, now: Temporal.Instant): boolean {
  return !letter.isWaiting && isPast(after(letter.writtenAt, againDays), now);
}

function isSoon(moment: Temporal.Instant, days: number, now: Temporal.Instant): boolean {
  return isPast(moment, after(now, days + spareDays));
}

/** Is it over at `now`? The moment itself is. */
function isPast(moment: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(moment, now) <= 0;
}

function latest(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) >= 0 ? one : other;
}

/** Fractions of a day are kept to the millisecond. */
function after(moment: Temporal.Instant, days: number): Temporal.Instant {
  return moment.add({ milliseconds: Math.round(days * hoursOfDay * 3_600_000) });
}
