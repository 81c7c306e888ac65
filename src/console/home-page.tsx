import { countDue } from '../history/listed-orders.ts';
import { countOrders } from '../history/order-counts.ts';
import type { OwnVisit } from '../http/route.ts';
import { countWaiting } from '../messages/outbox.ts';
import { Notice } from '../pages/notices.tsx';
import { SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import { obstacleOn } from '../recipients/gate.ts';
import { today } from '../recipients/register.ts';
import type { Obstacle } from '../recipients/register.ts';
import { erasuresDue } from '../routines/erasure.ts';
import { consoleText } from '../text/console.ts';
import { companyTimeZone, number, weekdayDate } from '../text/format.ts';
import { consolePage, customerStaff, roleOf } from './frame.tsx';
import { countUnsettled } from './money-page.tsx';
import { standingOfPromises } from './promises-page.tsx';
import { missingParts, SetUpChecklist } from './setup-checklist.tsx';
import type { Standing } from './promises-page.tsx';

/** What staff needs to know when the day begins. Counts only: nothing of a customer is opened. */
type Situation = {
  readonly orders: { readonly toPerform: number; readonly placedSince: number };
  readonly due: number;
  readonly unsettled: number;
  readonly erasures: number;
  readonly mail: { readonly waiting: number; readonly held: number };
  readonly obstacle: Obstacle | null;
  readonly promises: Standing;
};

export async function showHome(visit: OwnVisit): Promise<Response> {
  const { language } = visit;
  const words = consoleText[language].home;
  const now = await readSituation(visit);
  return consolePage(
    visit,
    { title: words.title, current: 'today' },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{weekdayDate(visit.op.now, language)}</p>
      <SetUpChecklist visit={visit} missing={await missingParts(visit)} />
      <Alarms visit={visit} now={now} />
      <h2>{words.toDo}</h2>
      <SummaryList rows={rowsOf(visit, now)} />
    </>,
  );
}

async function readSituation({ op }: OwnVisit): Promise<Situation> {
  const midnight = today(op.now).toZonedDateTime(companyTimeZone).toInstant();
  const [orders, due, unsettled, erasures, mail, obstacle, promises] = await Promise.all([
    countOrders(op, midnight),
    countDue(op),
    countUnsettled(op),
    erasuresDue(op),
    countWaiting(op.db),
    obstacleOn(op, 'mail'),
    standingOfPromises(op),
  ]);
  return { orders, due, unsettled, erasures: erasures.length, mail, obstacle, promises };
}

/** What cannot wait, first on the page; a calm line when there is nothing. */
function Alarms({ visit, now }: { visit: OwnVisit; now: Situation }) {
  const words = consoleText[visit.language].home;
  const broken = now.promises.broken;
  if (now.obstacle === null && broken === 0) return <p>{words.calm}</p>;
  return (
    <>
      {now.obstacle !== null && (
        <MailStopped visit={visit} obstacle={now.obstacle} held={now.mail.held} />
      )}
      {broken > 0 && (
        <Notice kind="warning" title={words.broken(number(broken, visit.language), broken > 1)}>
          <p>{words.brokenText}</p>
          <p>
            <a href="/console/promises">{words.brokenAct}</a>
          </p>
        </Notice>
      )}
    </>
  );
}

function MailStopped(props: { visit: OwnVisit; obstacle: Obstacle; held: number }) {
  const { language } = props.visit;
  const { home, mailObstacle } = consoleText[language];
  return (
    <Notice kind="warning" title={home.mailStopped}>
      <p>{mailObstacle[props.obstacle]}</p>
      <p>
        {props.held === 0
          ? home.mailStoppedNobody
          : home.mailStoppedWaiting(number(props.held, language), props.held > 1)}
      </p>
      <p>
        <a href="/console/recipients">{home.mailStoppedAct}</a>
      </p>
    </Notice>
  );
}

function rowsOf(visit: OwnVisit, now: Situation): SummaryRow[] {
  const words = consoleText[visit.language].home;
  const count = (value: number) => number(value, visit.language);
  const role = roleOf(visit);
  const mayOpen = role !== null && customerStaff.includes(role);
  return [
    {
      key: words.due,
      value: now.due === 0 ? words.noDue : count(now.due),
      action: mayOpen ? { label: words.seeDue, href: '/console/orders?show=today' } : undefined,
    },
    {
      key: words.orders,
      value: words.ordersValue(count(now.orders.toPerform), count(now.orders.placedSince)),
      action: mayOpen ? { label: words.seeOrders, href: '/console/orders' } : undefined,
    },
    {
      key: words.unsettled,
      value: now.unsettled === 0 ? words.noUnsettled : count(now.unsettled),
      action: { label: words.seeMoney, href: '/console/money' },
    },
    {
      key: words.erasures,
      value: now.erasures === 0 ? words.noErasures : count(now.erasures),
      action: { label: words.seeErasures, href: '/console/erasures' },
    },
    {
      key: words.mail,
      value: mailValue(visit, now),
      action: { label: words.seeRecipients, href: '/console/recipients' },
    },
    {
      key: words.promises,
      value: promisesValue(visit, now.promises),
      action: { label: words.seePromises, href: '/console/promises' },
    },
  ];
}

function mailValue({ language }: OwnVisit, { mail }: Situation): string {
  const words = consoleText[language].home;
  if (mail.waiting === 0) return words.noMail;
  const waiting = number(mail.waiting, language);
  return mail.held === 0
    ? words.mailOnTheWay(waiting)
    : words.mailValue(waiting, number(mail.held, language));
}

function promisesValue({ language }: OwnVisit, { kept, broken, unchecked }: Standing): string {
  const words = consoleText[language].home;
  if (kept + broken === 0) return words.promisesNever;
  return words.promisesValue(
    number(kept, language),
    number(broken, language),
    number(unchecked, language),
  );
}
