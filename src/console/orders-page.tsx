import { findByNumber, readOrderNumber } from '../history/order-number.ts';
import { listedOrdersSize, listOrdersFor } from '../history/listed-orders.ts';
import type { ListedOrder, OrderChoice } from '../history/listed-orders.ts';
import type { Order } from '../history/orders.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, Field, Form, Select } from '../pages/forms.tsx';
import { href } from '../pages/href.ts';
import { LinkList, Pagination } from '../pages/links.tsx';
import { EmptyState, Notice } from '../pages/notices.tsx';
import { DataTable, Moment, Price } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import type { Language } from '../text/bilingual.ts';
import { deskText } from '../text/console-desk.ts';
import { dateTime } from '../text/format.ts';
import { orderPath, ordersRoom } from './desk-place.ts';
import type { OrderPlace } from './desk-place.ts';
import { consolePage } from './frame.tsx';
import { OrderBadge } from './opened-order.tsx';

type After = Pick<Order, 'orderId' | 'placedAt'>;
type Found = { readonly error?: string; readonly several?: readonly OrderPlace[] };

const choices: readonly OrderChoice[] = [
  'today',
  'all',
  'unpaid',
  'placed',
  'performed',
  'cancelled',
  'lapsed',
];

/** The orders of everybody, newest first, with nothing opened. */
export function showOrders(visit: OwnVisit): Promise<Response> {
  return ordersPage(visit, {});
}

/** Finds an order by its number, which is posted because it stands sealed: in no address line and no log. */
export async function takeNumber(visit: OwnVisit): Promise<Response> {
  const words = deskText[visit.language].list;
  const number = readOrderNumber((visit.form.get('number') ?? '').slice(0, 100));
  if (number === null) return ordersPage(visit, { error: words.notANumber });
  const found = await findByNumber(visit.op, number);
  const [first] = found;
  if (first === undefined) return ordersPage(visit, { error: words.none });
  return found.length === 1 ? seeOther(orderPath(first)) : ordersPage(visit, { several: found });
}

async function ordersPage(visit: OwnVisit, found: Found): Promise<Response> {
  const { language } = visit;
  const words = deskText[language].list;
  const choice = choices.find((known) => known === visit.query.get('show')) ?? 'all';
  const after = placeIn(visit.query.get('after'));
  const orders = await listOrdersFor(visit.op, choice, after);
  return consolePage(
    visit,
    { title: words.title, current: 'orders', status: found.error === undefined ? 200 : 422 },
    <>
      <ErrorSummary
        title={words.errorTitle}
        errors={found.error === undefined ? [] : [{ field: 'number', text: found.error }]}
      />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <FindForm visit={visit} found={found} />
      <ChoiceForm choice={choice} language={language} />
      {orders.length === 0 ? (
        <EmptyState
          title={choice === 'today' ? words.emptyToday : words.empty}
          icon={choice === 'today' ? 'circle-check' : 'package'}
        >
          <p>{words.emptyText}</p>
        </EmptyState>
      ) : (
        <DataTable caption={words.choices[choice]} columns={columnsOf(language)} rows={orders} />
      )}
      <Pagination
        words={words.pages}
        position={after === null ? words.newest : words.older}
        previousHref={after === null ? undefined : `${ordersRoom}?show=${choice}`}
        nextHref={nextAfter(choice, orders)}
      />
    </>,
  );
}

function FindForm({ visit, found }: { visit: OwnVisit; found: Found }) {
  const words = deskText[visit.language].list;
  return (
    <>
      <Form action={ordersRoom}>
        <Field
          name="number"
          label={words.number}
          hint={words.numberHint}
          autocomplete="off"
          spellcheck={false}
          maxlength={100}
          width="medium"
          required
          value={visit.form.get('number')}
          error={found.error}
        />
        <Button icon="search">{words.find}</Button>
      </Form>
      {found.several !== undefined && (
        <Notice kind="info" title={words.several} role="status">
          <LinkList
            links={found.several.map((place, index) => ({
              href: orderPath(place),
              label: `${words.open} ${index + 1}`,
            }))}
          />
        </Notice>
      )}
    </>
  );
}

function ChoiceForm({ choice, language }: { choice: OrderChoice; language: Language }) {
  const words = deskText[language].list;
  return (
    <Form action={ordersRoom} method="get" layout="row">
      <Select
        name="show"
        width="full"
        label={words.choose}
        value={choice}
        options={choices.map((value) => ({ value, label: words.choices[value] }))}
      />
      <Button kind="secondary">{words.choose}</Button>
    </Form>
  );
}

function columnsOf(language: Language): Column<ListedOrder>[] {
  const words = deskText[language].list;
  return [
    {
      header: words.time,
      cell: ({ placedAt }) => <Moment value={placedAt} language={language} />,
      rowHeader: true,
    },
    { header: words.state, cell: ({ state }) => <OrderBadge state={state} language={language} /> },
    {
      header: words.total,
      kind: 'number',
      cell: ({ totalOre }) => <Price ore={totalOre} language={language} />,
    },
    {
      header: words.order,
      cell: (order) => (
        <a href={href(orderPath(order))}>
          {words.open}
          <span class="visually-hidden">{` ${words.openAbout(dateTime(order.placedAt, language))}`}</span>
        </a>
      ),
    },
  ];
}

/** Where the next page begins: time and id of the last order of this one. */
function nextAfter(choice: OrderChoice, orders: readonly ListedOrder[]): string | undefined {
  const last = orders.at(-1);
  if (last === undefined || orders.length < listedOrdersSize) return undefined;
  const after = encodeURIComponent(`${last.placedAt.toString()}_${last.orderId}`);
  return `${ordersRoom}?show=${choice}&after=${after}`;
}

/** Anything but such a place shows the newest. */
function placeIn(text: string | null): After | null {
  const [time = '', orderId = ''] = (text ?? '').split('_');
  if (!isRowId(orderId)) return null;
  try {
    return { placedAt: Temporal.Instant.from(time), orderId };
  } catch {
    return null;
  }
}
