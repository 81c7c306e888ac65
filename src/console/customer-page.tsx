import { readCustomerTimes } from '../accounts/customers.ts';
import type { CustomerTimes } from '../accounts/customers.ts';
import { countOrdersOf } from '../history/order-counts.ts';
import type { OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { Button, Form, Hidden } from '../pages/forms.tsx';
import { href } from '../pages/href.ts';
import { BackLink } from '../pages/links.tsx';
import { Day, Moment, SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import { Columns, Panel } from '../pages/things.tsx';
import { notice } from '../policy/notice.ts';
import type { Purpose } from '../policy/purposes.ts';
import { today } from '../recipients/register.ts';
import { latestLooks } from '../requests/looks.ts';
import type { LatestLook } from '../requests/looks.ts';
import { stopsOf } from '../requests/stops.ts';
import type { StopGround } from '../requests/stops.ts';
import { customersText } from '../text/console-customers.ts';
import { dateTime, number } from '../text/format.ts';
import { holdsText } from '../text/leaving-holds.ts';
import {
  categoryWords,
  customerOf,
  lookPurposes,
  partyWords,
  purposeWords,
} from './customer-purposes.ts';
import type { LookPurpose } from './customer-purposes.ts';
import { consolePage } from './frame.tsx';

type Masked = {
  readonly owner: OwnerId;
  readonly times: CustomerTimes;
  readonly orders: { readonly orders: number; readonly latestAt: Temporal.Instant | null };
  readonly looks: readonly LatestLook[];
  readonly stops: ReadonlyMap<Purpose, StopGround>;
};

/** A customer without anything opened: times, counts, and what one may open it for. */
export async function showCustomer(visit: OwnVisit): Promise<Response> {
  const words = customersText[visit.language].masked;
  const customer = await readMasked(visit);
  return consolePage(
    visit,
    { title: words.title, current: 'customers' },
    <>
      <BackLink href="/console/customers">{words.back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <SummaryList rows={rowsOf(visit, customer)} />
      <h2>{words.open}</h2>
      <p>{words.openLead}</p>
      <Columns>
        {lookPurposes.map((purpose) => (
          <PurposePanel visit={visit} customer={customer} purpose={purpose} />
        ))}
      </Columns>
      {visit.session.role === 'administrator' && (
        <p>
          <a href={href(`/console/customers/${customer.owner}/hold`)}>
            {holdsText[visit.language].propose.link}
          </a>
        </p>
      )}
    </>,
  );
}

async function readMasked(visit: OwnVisit): Promise<Masked> {
  const { op } = visit;
  const owner = customerOf(visit);
  const times = await readCustomerTimes(op, owner);
  const [orders, looks, stops] = await Promise.all([
    countOrdersOf(op, owner),
    latestLooks(op, owner),
    stopsOf(op, owner),
  ]);
  return { owner, times, orders, looks, stops };
}

function rowsOf({ language }: OwnVisit, { times, orders, looks }: Masked): SummaryRow[] {
  const words = customersText[language].masked;
  return [
    { key: words.since, value: <Day value={today(times.createdAt)} language={language} /> },
    { key: words.lastUsed, value: <Moment value={times.usedAt} language={language} /> },
    {
      key: words.orders,
      value:
        orders.latestAt === null
          ? words.noOrders
          : words.ordersValue(number(orders.orders, language), dateTime(orders.latestAt, language)),
    },
    {
      key: words.looks,
      value:
        looks.length === 0
          ? words.noLooks
          : looks.map((look) => (
              <p>
                {words.look(
                  dateTime(look.at, language),
                  partyWords(look.party, language),
                  purposeWords(look.purpose, language),
                )}
              </p>
            )),
    },
  ];
}

/** One way to open the customer: what it opens and what the customer will see, before the button that does it. */
function PurposePanel(props: { visit: OwnVisit; customer: Masked; purpose: LookPurpose }) {
  const { visit, customer, purpose } = props;
  const words = customersText[visit.language].purposes[purpose];
  const ground = customer.stops.get(purpose);
  return (
    <Panel id={`purpose-${purpose}`} heading={words.heading}>
      {ground === undefined ? (
        <OpenForm visit={visit} owner={customer.owner} purpose={purpose} />
      ) : (
        <p>{customersText[visit.language].stopped[ground]}</p>
      )}
    </Panel>
  );
}

function OpenForm(props: { visit: OwnVisit; owner: OwnerId; purpose: LookPurpose }) {
  const { visit, owner, purpose } = props;
  const { language } = visit;
  const { masked, purposes } = customersText[language];
  const role = partyWords(visit.session.role ?? '', language);
  const order = visit.query.get('order') ?? '';
  const toCustomer = notice.purposes[purpose].words[language];
  return (
    <Form action={`/console/customers/${owner}/${purpose}`}>
      <p>
        <strong>{masked.opens}</strong> {`${purposes[purpose].opens}.`}
      </p>
      <p>
        <strong>{masked.customerSees}</strong>{' '}
        {`${masked.customerSeesValue(role, categoryWords(language), toCustomer)}.`}
      </p>
      {isRowId(order) && <Hidden name="order" value={order} />}
      <Button kind="secondary" icon="eye">
        {purposes[purpose].button}
      </Button>
    </Form>
  );
}
