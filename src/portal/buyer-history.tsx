import { browseOrders, wholeHistory, yearsOf, yearsOfHistory } from '../history/browse-orders.ts';
import type { HistoryFilter } from '../history/browse-orders.ts';
import { searchOrders, searchLengthMax } from '../history/search-orders.ts';
import { line } from '../http/fields.ts';
import type { OwnVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Actions, Button, ButtonLink, Hidden } from '../pages/forms.tsx';
import { Pagination } from '../pages/links.tsx';
import { EmptyState, Notice } from '../pages/notices.tsx';
import { buyerHistoryText } from '../text/buyer-history.ts';
import { dateTime } from '../text/format.ts';
import { portalOrdersText } from '../text/portal-orders.ts';
import { FilterForm, SearchForm } from './buyer-history-forms.tsx';
import { HistoryTable } from './buyer-history-table.tsx';
import type { HistoryShown } from './buyer-history-table.tsx';
import { portalPage } from './frame.tsx';
import { instantIn } from './instant-in.ts';

/** Everything that was ordered and booked, the latest first, a page at a time; all of it or some kind or year. */
export async function historyPage(visit: OwnVisit): Promise<Response> {
  const { op, query, owner } = visit;
  const filter = filterIn(query);
  const before = instantIn(query.get('before'));
  const page = await browseOrders(op, owner, filter, before);
  // One page alone has its years itself; only of a longer history the first year is looked up.
  const isAlone = !page.isMore && before === null && filter === wholeHistory;
  const years = isAlone ? yearsOf(page.orders) : await yearsOfHistory(op, owner);
  return showHistory(visit, { ...page, filter, before, years });
}

/**
 * Looks for words in what was ordered. They come by POST, because an address stays in more places than one thinks. So many
 * orders are looked through at once, and the next ones when that is asked for.
 */
export async function searchHistory(visit: OwnVisit): Promise<Response> {
  const { op, owner, form, language } = visit;
  const words = buyerHistoryText[language];
  const parsed = line(searchLengthMax).safeParse(form.get('words'));
  if (!parsed.success) return showNoWords(visit);
  const found = await searchOrders(op, owner, parsed.data, instantIn(form.get('before') ?? null));
  const { orders, lines, next } = found;
  return portalPage(
    visit,
    { title: words.results(parsed.data), current: 'history', comeBackTo: '/history' },
    <>
      <h1>{words.results(parsed.data)}</h1>
      <SearchForm language={language} typed={parsed.data} />
      <p role="status">
        {orders.length > 0
          ? words.found(orders.length)
          : next === null
            ? words.foundNone
            : words.foundNoneHere}
      </p>
      {orders.length === 0 && next === null && <p>{words.foundNoneText}</p>}
      <HistoryTable orders={orders} lines={lines} language={language} />
      <Actions>
        {next !== null && (
          <form method="post" action="/history">
            <Hidden name="words" value={parsed.data} />
            <Hidden name="before" value={next.toString()} />
            <Button kind="secondary" icon="search">
              {words.further}
            </Button>
          </form>
        )}
        <ButtonLink href="/history" kind="secondary">
          {words.allOrders}
        </ButtonLink>
      </Actions>
    </>,
  );
}

type Shown = HistoryShown & {
  readonly filter: HistoryFilter;
  /** Where the page begins; null for the newest. */
  readonly before: Temporal.Instant | null;
  readonly isMore: boolean;
  readonly years: readonly number[];
};

/** One page of the history as it was read. */
export function showHistory(visit: OwnVisit, shown: Shown): Promise<Response> {
  const { language } = visit;
  const { filter, before, orders, lines } = shown;
  const words = buyerHistoryText[language];
  const pages = portalOrdersText[language].history;
  return portalPage(
    visit,
    { title: words.title, current: 'history' },
    <>
      {visit.query.has('removed') && (
        <Notice kind="success" title={words.removed} role="status">
          <p>{words.removedText}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      {!isEmpty(shown) && <FilterForm language={language} filter={filter} years={shown.years} />}
      {orders.length === 0 ? (
        <Nothing shown={shown} language={language} />
      ) : (
        <HistoryTable orders={orders} lines={lines} language={language} />
      )}
      <Pagination
        words={pages.pages}
        position={before === null ? pages.newest : pages.olderThan(dateTime(before, language))}
        previousHref={before === null ? undefined : addressOf(filter, null)}
        nextHref={shown.isMore ? addressOf(filter, orders.at(-1)?.placedAt ?? null) : undefined}
      />
      {!isEmpty(shown) && <SearchForm language={language} typed="" />}
    </>,
  );
}

/** Nothing was ever ordered, so that there is nothing to choose among or to search. */
function isEmpty({ orders, before, filter }: Shown): boolean {
  const isWhole = filter.what === wholeHistory.what && filter.year === null;
  return orders.length === 0 && before === null && isWhole;
}

function Nothing({ shown, language }: { shown: Shown; language: OwnVisit['language'] }) {
  const words = buyerHistoryText[language];
  const empty = portalOrdersText[language].history;
  if (shown.before !== null) return <p>{empty.noOlder}</p>;
  if (!isEmpty(shown)) {
    return (
      <EmptyState title={words.nothingHere} icon="package">
        <p>{words.nothingHereText}</p>
        <ButtonLink href="/history" kind="secondary">
          {words.allOrders}
        </ButtonLink>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={empty.nothing} icon="package">
      <p>{empty.nothingText}</p>
      <ButtonLink href="/" kind="secondary">
        {empty.order}
      </ButtonLink>
    </EmptyState>
  );
}

function showNoWords(visit: OwnVisit): Promise<Response> {
  const words = buyerHistoryText[visit.language];
  return portalPage(
    visit,
    { title: words.title, current: 'history', status: 422, comeBackTo: '/history' },
    <>
      <ErrorSummary title={words.faultsTitle} errors={[{ field: 'words', text: words.missing }]} />
      <h1>{words.title}</h1>
      <SearchForm language={visit.language} typed="" error={words.missing} />
      <ButtonLink href="/history" kind="secondary">
        {words.allOrders}
      </ButtonLink>
    </>,
  );
}

const kinds = ['upcoming', 'product', 'service', 'booking'] as const;

/** What an address asks for; what it does not say, or says oddly, is everything. */
function filterIn(query: URLSearchParams): HistoryFilter {
  const what = kinds.find((kind) => kind === query.get('what')) ?? 'all';
  const year = query.get('year') ?? '';
  if (what === 'all' && !/^20\d\d$/.test(year)) return wholeHistory;
  return { what, year: /^20\d\d$/.test(year) ? Number(year) : null };
}

function addressOf({ what, year }: HistoryFilter, before: Temporal.Instant | null): string {
  const query = new URLSearchParams({
    ...(what !== 'all' && { what }),
    ...(year !== null && { year: String(year) }),
    ...(before !== null && { before: before.toString() }),
  });
  return query.size === 0 ? '/history' : `/history?${query.toString()}`;
}
