import { readAccount } from '../accounts/account.ts';
import type { Account } from '../accounts/account.ts';
import { readCustomerTimes } from '../accounts/customers.ts';
import { historyPageSize, listOrders, readLinesOf, readOrder } from '../history/orders.ts';
import type { Order, OrderLine } from '../history/orders.ts';
import type { OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { Button, ButtonLink, Form, Hidden } from '../pages/forms.tsx';
import { Notice } from '../pages/notices.tsx';
import { Day, SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import { isProblem } from '../problem.ts';
import { today } from '../recipients/register.ts';
import type { Opener } from '../vault/vault.ts';
import { customersText } from '../text/console-customers.ts';
import { dateTime } from '../text/format.ts';
import { customerOf, openedCategories, partyWords, purposeWords } from './customer-purposes.ts';
import type { LookPurpose } from './customer-purposes.ts';
import { consolePage } from './frame.tsx';
import { OpenedOrder } from './opened-order.tsx';

type OrderWithLines = { readonly order: Order; readonly lines: readonly OrderLine[] };

type Opened = {
  readonly owner: OwnerId;
  readonly account: Account;
  readonly chosen: OrderWithLines | null;
  readonly orders: readonly OrderWithLines[];
  /** The time of the last order shown, where there may be older ones. */
  readonly olderThan: Temporal.Instant | null;
  readonly isFirstPage: boolean;
};

/** Opens a customer for the purpose of the route. The vault writes the look down before anything is opened. */
export function openCustomerFor(purpose: LookPurpose): (visit: OwnVisit) => Promise<Response> {
  return async (visit) => {
    const words = customersText[visit.language].opened;
    const opened = await readOpened(visit);
    const masked = `/console/customers/${opened.owner}`;
    return consolePage(
      visit,
      // The title says no name, because browsers keep titles in their history.
      { title: words.title, current: 'customers', comeBackTo: masked },
      <>
        <h1>{opened.account.name}</h1>
        <Notice kind="info" title={words.seen} role="status">
          <p>{seenText(visit, purpose)}</p>
          <p class="screen-only">
            <a href={masked}>{words.close}</a>
          </p>
        </Notice>
        <h2>{words.contact}</h2>
        <SummaryList rows={contactRows(visit, opened.account, purpose)} />
        <Orders visit={visit} opened={opened} purpose={purpose} />
        <ButtonLink href={masked} kind="secondary" icon="eye-off">
          {words.close}
        </ButtonLink>
      </>,
    );
  };
}

async function readOpened(visit: OwnVisit): Promise<Opened> {
  const { op } = visit;
  const owner = customerOf(visit);
  // Asked before anything is opened, so that no look is written of somebody who is not there.
  await readCustomerTimes(op, owner);
  const opener = await op.vault.openFor(op, owner, openedCategories);
  const account = await readAccount(op, opener);
  const before = instantIn(visit.form.get('before'));
  const chosen = await readChosen(visit, opener);
  const page = await listOrders(op, opener, before);
  const lines = await readLinesOf(op, opener, page);
  return {
    owner,
    account,
    chosen,
    orders: page
      .filter(({ orderId }) => orderId !== chosen?.order.orderId)
      .map((order) => ({ order, lines: lines.get(order.orderId) ?? [] })),
    olderThan: page.length < historyPageSize ? null : (page.at(-1)?.placedAt ?? null),
    isFirstPage: before === null,
  };
}

/** The order that led here from the list of orders, if there was one and it is this customer's. */
async function readChosen(visit: OwnVisit, opener: Opener): Promise<OrderWithLines | null> {
  const id = visit.form.get('order') ?? '';
  if (!isRowId(id)) return null;
  try {
    return await readOrder(visit.op, opener, id satisfies RowId);
  } catch (error) {
    if (isProblem(error, 'not-found')) return null;
    throw error;
  }
}

function instantIn(text: string | undefined): Temporal.Instant | null {
  try {
    return text === undefined ? null : Temporal.Instant.from(text);
  } catch {
    return null;
  }
}

function seenText({ op, session, language }: OwnVisit, purpose: LookPurpose): string {
  return customersText[language].opened.seenText(
    dateTime(op.now, language),
    partyWords(session.role ?? '', language),
    purposeWords(purpose, language),
  );
}

function contactRows(visit: OwnVisit, account: Account, purpose: LookPurpose): SummaryRow[] {
  const words = customersText[visit.language].opened;
  const forBoth = [{ key: words.email, value: account.email }];
  if (purpose === 'order-handling') return forBoth;
  return [
    ...forBoth,
    { key: words.language, value: words.languages[account.language] },
    {
      key: words.since,
      value: <Day value={today(account.createdAt)} language={visit.language} />,
    },
  ];
}

function Orders(props: { visit: OwnVisit; opened: Opened; purpose: LookPurpose }) {
  const { visit, opened, purpose } = props;
  const { language } = visit;
  const words = customersText[language].opened;
  const { chosen, orders, olderThan } = opened;
  return (
    <>
      {chosen !== null && (
        <>
          <h2>{words.chosen}</h2>
          <OpenedOrder {...chosen} language={language} open />
        </>
      )}
      {(orders.length > 0 || chosen === null) && (
        <h2>{chosen === null ? words.orders : words.others}</h2>
      )}
      {orders.length === 0 && chosen === null && (
        <p>{opened.isFirstPage ? words.noOrders : words.noMoreOrders}</p>
      )}
      {orders.map((one, index) => (
        <OpenedOrder {...one} language={language} open={chosen === null && index === 0} />
      ))}
      {olderThan !== null && (
        <Form action={`/console/customers/${opened.owner}/${purpose}`}>
          <Hidden name="before" value={olderThan.toString()} />
          <p class="hint">{words.olderHint}</p>
          <Button kind="secondary">{words.older}</Button>
        </Form>
      )}
    </>
  );
}
