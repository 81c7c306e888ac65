import type { Child } from 'hono/jsx';
import type { Booking } from '../history/booking-rows.ts';
import { isMovable } from '../history/booking-rows.ts';
import { moveBooking } from '../history/bookings.ts';
import { findKnownItem } from '../history/catalogue/known-items.ts';
import type { Item } from '../history/catalogue/items.ts';
import { contactOf } from '../history/contact.ts';
import type { Contact } from '../history/contact.ts';
import type { OrderLine } from '../history/orders.ts';
import { isEarly } from '../history/rule-words.ts';
import { readWhole } from '../history/whole-order.ts';
import type { WholeOrder } from '../history/whole-order.ts';
import { seeOther } from '../http/answers.ts';
import type { BuyerVisit } from '../http/route.ts';
import { Check, ErrorSummary } from '../pages/choices.tsx';
import { Actions, Button, ButtonLink, Form, Hidden } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { EmptyState, Notice } from '../pages/notices.tsx';
import { SummaryList } from '../pages/tables.tsx';
import { TimeChoices } from '../pages/times.tsx';
import { isProblem, Problem } from '../problem.ts';
import { buyerRebookText } from '../text/buyer-rebook.ts';
import type { Language } from '../text/bilingual.ts';
import { dayAt, weekdayDate, weekdayDateTime } from '../text/format.ts';
import { shopReviewText } from '../text/shop-review.ts';
import { shopRulesText } from '../text/shop-rules.ts';
import { mayWriteTo, rebookLetter } from './buyer-letters.ts';
import { orderIdOf, orderPath, placeOf, rowIdIn } from './buyer-visit.ts';
import { ruleInWords } from './buyer-words.ts';
import { FreeMonth, partsOfDay } from './catalogue-booking.tsx';
import { readDays } from './catalogue-days.ts';
import type { ShownDays, WishedDays } from './catalogue-days.ts';
import { portalPage } from './frame.tsx';
import { instantIn } from './instant-in.ts';

type Rebooking = {
  readonly whole: WholeOrder;
  readonly booking: Booking;
  readonly line: OrderLine;
  readonly contact: Contact;
  /** Null where it cannot be moved here. */
  readonly item: Item | null;
};

/** The free times for a booking that is to be moved; the old time is kept until a new one is taken. */
export async function rebookPage(visit: BuyerVisit): Promise<Response> {
  const rebooking = await readRebooking(visit);
  const { query } = visit;
  const wished = { day: query.get('day'), month: query.get('month') };
  return showTimes(visit, rebooking, { wished, chosen: query.get('start') });
}

/** Moves it, old and new time in one; the same form twice is one move. */
export async function takeRebook(visit: BuyerVisit): Promise<Response> {
  const rebooking = await readRebooking(visit);
  const { booking, line, item, contact } = rebooking;
  const wished = { day: visit.form.get('day') ?? null, month: null };
  const startsAt = instantIn(visit.form.get('start') ?? null);
  if (startsAt === null) return showTimes(visit, rebooking, { wished, fault: 'missing' });
  if (item === null) return showOver(visit);
  const mustAsk = mustAskToBegin(rebooking, startsAt);
  const chosen = visit.form.get('start') ?? null;
  if (mustAsk && !visit.form.has(askField))
    return showTimes(visit, rebooking, { wished, chosen, fault: 'notAsked' });
  const { owner, bookingId } = booking;
  const tell = rebookLetter(visit, contact, { what: line.description, asksToBegin: mustAsk });
  if (!(await mayWriteTo(visit, contact)))
    return showTimes(visit, rebooking, { wished, chosen, fault: 'tooMany' });
  try {
    const move = { owner, bookingId, startsAt, itemId: item.itemId, asksToBegin: mustAsk };
    await moveBooking(visit.op, move, tell);
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
    return showTimes(visit, await readRebooking(visit), { wished, fault: 'taken' });
  }
  return seeOther(`${orderPath(visit)}?rebooked=${bookingId}`);
}

/** @throws Problem `not-found` for a booking that is not of this order */
async function readRebooking(visit: BuyerVisit): Promise<Rebooking> {
  const { op, owner } = visit;
  const bookingId = rowIdIn(visit.params['booking']);
  const opener = await op.vault.openFor(op, owner, ['credentials', 'history']);
  const whole = await readWhole(op, opener, orderIdOf(visit));
  const booking = whole.bookings.find((one) => one.bookingId === bookingId);
  const line = whole.lines.find(({ lineId }) => lineId === booking?.lineId);
  if (!booking || !line) throw new Problem('not-found');
  const contact = await contactOf(op, opener);
  return { whole, booking, line, contact, item: await itemToMove(visit, booking, line) };
}

/** What is sensitive is named by the order line alone. */
async function itemToMove({ op }: BuyerVisit, booking: Booking, line: OrderLine) {
  const itemId = booking.itemId ?? line.item?.itemId ?? null;
  if (itemId === null || !isMovable(op, { ...booking, itemId })) return null;
  const item = await findKnownItem(op.db, itemId);
  return item?.booking ? item : null;
}

type Shown = {
  readonly wished: WishedDays;
  readonly chosen?: string | null;
  readonly fault?: 'missing' | 'notAsked' | 'taken' | 'tooMany';
};

const askField = 'consent-early';

/** A time within the days of withdrawal has to be asked for, as at the checkout (distansavtalslagen 2005:59, 2 kap. 15 §). */
function mustAskToBegin({ whole, booking, line }: Rebooking, startsAt: Temporal.Instant): boolean {
  if (booking.beginAskedAt !== null || booking.startsAt.equals(startsAt)) return false;
  return isEarly({ withdrawal: line.withdrawal, time: { startsAt } }, whole.order.placedAt);
}

type Fault = NonNullable<Shown['fault']>;
const statuses = { missing: 422, notAsked: 422, taken: 409, tooMany: 429 } as const;

function faultsOf(fault: Fault | undefined, language: Language) {
  if (fault === 'missing') return [{ field: 'start', text: buyerRebookText[language].missing }];
  if (fault !== 'notAsked') return [];
  return [{ field: askField, text: shopReviewText[language].consentMissing.early }];
}

async function showTimes(visit: BuyerVisit, rebooking: Rebooking, shown: Shown): Promise<Response> {
  const { item, booking, line, whole } = rebooking;
  if (item === null) return showOver(visit);
  const { language, op } = visit;
  const words = buyerRebookText[language];
  const wished = { ...shown.wished, except: booking.startsAt };
  const days = await readDays(op, item, item.booking?.horizonDays ?? 1, wished);
  return portalPage(
    visit,
    {
      title: words.title,
      current: placeOf(visit),
      status: shown.fault === undefined ? 200 : statuses[shown.fault],
    },
    <>
      <ErrorSummary title={words.faultsTitle} errors={faultsOf(shown.fault, language)} />
      {(shown.fault === 'taken' || shown.fault === 'tooMany') && (
        <Notice kind="warning" title={words[shown.fault]} role="alert">
          <p>{words[`${shown.fault}Text`]}</p>
        </Notice>
      )}
      <BackLink href={orderPath(visit)}>{words.back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead(line.description)}</p>
      <SummaryList
        rows={[
          { key: words.now, value: weekdayDateTime(booking.startsAt, language) },
          {
            key: words.rule,
            value: ruleInWords(whole, { booking, priceOre: line.unitPriceOre }, language, op.now),
          },
        ]}
      />
      <h2 id="calendar">{words.choose}</h2>
      <Times {...{ visit, rebooking, days, shown }} />
      <Actions>
        <ButtonLink href={orderPath(visit)} kind="secondary">
          {words.keep}
        </ButtonLink>
      </Actions>
    </>,
  );
}

type TimesProps = { visit: BuyerVisit; rebooking: Rebooking; days: ShownDays; shown: Shown };

function Times({ visit, rebooking, days, shown }: TimesProps): Child {
  const { language } = visit;
  const words = buyerRebookText[language];
  const page = `${orderPath(visit)}/rebook/${visit.params['booking']}`;
  const { first, chosen } = days;
  if (first === null) {
    return (
      <EmptyState title={words.none} icon="calendar">
        <p>{words.noneText}</p>
      </EmptyState>
    );
  }
  return (
    <>
      <p>
        {`${words.first} `}
        <a href={`${page}?day=${dayAt(first.startsAt).toString()}#times`}>
          {weekdayDateTime(first.startsAt, language)}
        </a>
      </p>
      <FreeMonth visit={visit} page={page} days={days} />
      {days.free.size === 0 && (
        <EmptyState title={words.noneMonth} icon="calendar">
          <p>{words.noneMonthText}</p>
        </EmptyState>
      )}
      {chosen !== null && (
        <section aria-labelledby="times">
          <h2 id="times">{words.times(weekdayDate(chosen, language))}</h2>
          <TimesOfDay {...{ visit, rebooking, days, shown }} />
        </section>
      )}
    </>
  );
}

function TimesOfDay({ visit, rebooking, days, shown }: TimesProps): Child {
  const { language } = visit;
  const words = buyerRebookText[language];
  const day = days.chosen?.toString() ?? '';
  const times = days.free.get(day) ?? [];
  const isGroup = (rebooking.item?.booking?.capacity ?? 1) > 1;
  if (times.length === 0) {
    return (
      <EmptyState title={words.noneDay} icon="calendar">
        <p>{words.noneDayText}</p>
      </EmptyState>
    );
  }
  return (
    <Form action={`${orderPath(visit)}/rebook/${visit.params['booking']}`}>
      <Hidden name="day" value={day} />
      <TimeChoices
        name="start"
        legend={words.pick}
        parts={partsOfDay(times, isGroup, language)}
        chosen={shown.chosen ?? undefined}
        error={shown.fault === 'missing' ? words.missing : undefined}
      />
      {times.some(({ startsAt }) => mustAskToBegin(rebooking, startsAt)) && (
        <Check
          name={askField}
          label={shopRulesText[language].consents.early}
          checked={visit.form.has(askField)}
          error={faultsOf(shown.fault, language).find(({ field }) => field === askField)?.text}
        />
      )}
      <Button>{words.book}</Button>
    </Form>
  );
}

function showOver(visit: BuyerVisit): Promise<Response> {
  const words = buyerRebookText[visit.language];
  return portalPage(
    visit,
    { title: words.title, current: placeOf(visit), status: 409 },
    <>
      <h1>{words.over}</h1>
      <p class="lead">{words.overText}</p>
      <ButtonLink href={orderPath(visit)}>{words.back}</ButtonLink>
    </>,
  );
}
