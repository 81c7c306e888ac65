import { quantityMax } from '../history/orders.ts';
import type { Visit } from '../http/route.ts';
import { BasketRows } from '../pages/basket-rows.tsx';
import { ErrorSummary } from '../pages/choices.tsx';
import { Actions, Button, ButtonLink, Form, Hidden } from '../pages/forms.tsx';
import { EmptyState, Notice } from '../pages/notices.tsx';
import { portalText } from '../text/portal.ts';
import { shopBasketText } from '../text/shop-basket.ts';
import { keepBasket, readBasket, seenEntryOf } from './basket.ts';
import type { Basket, BasketLine } from './basket.ts';
import { BasketLineRow, BasketSums } from './basket-lines.tsx';
import { placesMax } from './catalogue-booking.tsx';
import type { Kept } from './checkout-kept.ts';
import { portalPage } from './frame.tsx';

/** What has just happened to the basket. */
export type BasketNews = 'added' | 'removed' | 'changed' | 'gone' | 'clash';

export type ShownBasket = {
  readonly basket: Basket;
  readonly news?: BasketNews | undefined;
  /** What was typed at the checkout already, to be sent along. */
  readonly kept?: Kept;
  /** What is wrong with the quantities, by the key of their row, and what was typed. */
  readonly errors?: ReadonlyMap<string, string>;
  readonly typed?: ReadonlyMap<string, string>;
  readonly status?: number;
};

const removeForm = 'remove';

/** What is in the basket, and what has become of it. Rows that are not offered any more are dropped for good. */
export async function basketPage(visit: Visit): Promise<Response> {
  const basket = await readBasket(visit);
  if (basket.dropped > 0) keepBasket(visit, basket.lines.map(seenEntryOf));
  const news = ['added', 'removed', 'changed'] as const;
  return showBasket(visit, { basket, news: news.find((word) => visit.query.has(word)) });
}

/** Shows a basket with what has happened to it; 200 unless something is wrong. */
export function showBasket(visit: Visit, shown: ShownBasket): Promise<Response> {
  const { language } = visit;
  const words = shopBasketText[language];
  const { basket, errors = new Map<string, string>(), status = 200 } = shown;
  return portalPage(
    visit,
    { title: words.title, current: 'start', status, comeBackTo: '/basket' },
    <>
      <ErrorSummary
        title={portalText[language].faultsTitle}
        errors={[...errors].map(([key, text]) => ({ field: quantityName(key), text }))}
      />
      <News visit={visit} shown={shown} />
      <h1>{words.title}</h1>
      {basket.lines.length === 0 ? <Empty visit={visit} /> : <Filled visit={visit} shown={shown} />}
    </>,
  );
}

/** The name of the field with the quantity of a row. */
export function quantityName(key: string): string {
  return `quantity-${key}`;
}

/** How many of a row there may be at most. */
export function mostOf({ item }: Pick<BasketLine, 'item'>): number {
  if (item.booking === null) return quantityMax;
  return item.booking.capacity > 1 ? placesMax : 1;
}

function News({ visit, shown }: { visit: Visit; shown: ShownBasket }) {
  const words = shopBasketText[visit.language];
  const { basket, news } = shown;
  if (news === 'added' && basket.lines.length === 0 && !visit.sendsCookies) {
    return (
      <Notice kind="warning" title={words.notTaken} role="alert">
        <p>{words.notTakenText}</p>
      </Notice>
    );
  }
  return (
    <>
      {basket.dropped > 0 && (
        <Notice kind="info" title={words.dropped(basket.dropped)} role="status">
          <p>{words.droppedText}</p>
        </Notice>
      )}
      {news === 'added' && basket.lines.length > 0 && (
        <Notice kind="success" title={words.added} role="status">
          <p>{words.addedText}</p>
        </Notice>
      )}
      {news === 'removed' && (
        <Notice kind="success" title={words.removed} role="status">
          <p>{words.removedText}</p>
        </Notice>
      )}
      {news === 'changed' && <Notice kind="success" title={words.changed} role="status" />}
      {(news === 'gone' || news === 'clash') && (
        <Notice kind="warning" title={words[news]} role="alert">
          <p>{news === 'gone' ? words.goneText : words.clashText}</p>
        </Notice>
      )}
    </>
  );
}

function Empty({ visit }: { visit: Visit }) {
  const words = shopBasketText[visit.language];
  return (
    <EmptyState title={words.empty} icon="shopping-basket">
      <p>{words.emptyText}</p>
      <ButtonLink href="/" kind="secondary">
        {words.look}
      </ButtonLink>
    </EmptyState>
  );
}

function Filled({ visit, shown }: { visit: Visit; shown: ShownBasket }) {
  const { language } = visit;
  const words = shopBasketText[language];
  const { basket, kept = [] } = shown;
  return (
    <>
      <p class="lead">{words.lead}</p>
      <form method="post" action="/basket" novalidate>
        <KeptFields kept={kept} />
        <BasketRows label={words.lines}>
          {basket.lines.map((line) => (
            <BasketLineRow
              line={line}
              language={language}
              quantity={quantityOf(line, visit, shown)}
              remove={{
                form: removeForm,
                name: 'line',
                value: line.key,
                label: words.remove,
              }}
            />
          ))}
        </BasketRows>
        <BasketSums lines={basket.lines} language={language} />
        <Actions>
          <Button kind="secondary" icon="refresh-cw">
            {words.change}
          </Button>
          <Button formaction="/checkout">{words.checkout}</Button>
          <a href="/">{words.more}</a>
        </Actions>
      </form>
      <Form action="/basket/remove" id={removeForm}>
        <KeptFields kept={kept} />
      </Form>
    </>
  );
}

function quantityOf(line: BasketLine, { language }: Visit, { errors, typed }: ShownBasket) {
  const words = shopBasketText[language];
  const most = mostOf(line);
  if (most === 1) return undefined;
  const name = quantityName(line.key);
  return {
    name,
    label: line.item.booking === null ? words.quantity : words.places,
    value: typed?.get(name) ?? String(line.quantity),
    maxlength: String(most).length,
    error: errors?.get(line.key),
  };
}

/** What was typed before, on its way to the next page. */
export function KeptFields({ kept }: { kept: Kept }) {
  return (
    <>
      {kept.map(([name, value]) => (
        <Hidden name={name} value={value} />
      ))}
    </>
  );
}
