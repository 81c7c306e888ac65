import type { Child } from 'hono/jsx';
import { findItem } from '../history/catalogue/items.ts';
import type { Item } from '../history/catalogue/items.ts';
import { picturesOf } from '../history/catalogue/pictures/pictures.ts';
import { cancellingRule, whereInWords, withdrawalInWords } from '../history/rule-words.ts';
import type { Visit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import type { FormError } from '../pages/choices.tsx';
import { BackLink } from '../pages/links.tsx';
import { SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import { Pictures } from '../pages/things.tsx';
import { intake } from '../policy/intake.ts';
import { Problem } from '../problem.ts';
import { duration, percent } from '../text/format.ts';
import { portalText } from '../text/portal.ts';
import { shopCatalogueText } from '../text/shop-catalogue.ts';
import { BookingForm } from './catalogue-booking.tsx';
import { readDays } from './catalogue-days.ts';
import type { ShownDays, WishedDays } from './catalogue-days.ts';
import { ItemPrice, pictureFor } from './catalogue-parts.tsx';
import { ProductForm } from './catalogue-product.tsx';
import { portalPage } from './frame.tsx';

/** One thing that is offered: what it is, what it costs, what holds, and how to put it into the basket. */
export async function itemPage(visit: Visit): Promise<Response> {
  const item = await itemOf(visit, visit.params['item']);
  return showItem(visit, item, { values: visit.query });
}

/**
 * What a form or an address names, if it is offered.
 * @throws Problem `not-found`
 */
export async function itemOf(visit: Visit, itemId: string | null | undefined): Promise<Item> {
  const item = itemId && isRowId(itemId) ? await findItem(visit.op.db, itemId) : null;
  if (item === null) throw new Problem('not-found');
  return item;
}

/** What stood in the form, and what is wrong with it. */
export type ShownItem = {
  readonly values: { get(name: string): string | null | undefined };
  readonly errors?: readonly FormError[];
  /** Said above all else, when something has happened to it meanwhile. */
  readonly notice?: Child;
  readonly status?: number;
  /** The day whose times are shown, unless the address says so. */
  readonly day?: string | null;
};

/** Shows an item with what was chosen and what is wrong with it. */
export async function showItem(visit: Visit, item: Item, shown: ShownItem): Promise<Response> {
  const { language, op } = visit;
  const words = shopCatalogueText[language];
  const pictures = (await picturesOf(op.db, [item.itemId])).get(item.itemId) ?? [];
  const days = item.booking && (await readDays(op, item, item.booking.horizonDays, wishOf(shown)));
  const address = `/catalogue/${item.itemId}`;
  return portalPage(
    visit,
    {
      title: item.name[language],
      current: 'start',
      description: item.description[language],
      status: shown.status,
      comeBackTo: shown.status === undefined ? undefined : address,
    },
    <>
      <ErrorSummary title={portalText[language].faultsTitle} errors={shown.errors ?? []} />
      {shown.notice}
      <BackLink href="/">{words.back}</BackLink>
      <h1>{item.name[language]}</h1>
      <Pictures pictures={pictures.map((picture) => pictureFor(picture, language))} />
      <p class="lead">{item.description[language]}</p>
      <p class="deal">
        <strong>
          <ItemPrice item={item} language={language} />
        </strong>{' '}
        {words.item.vat(percent(item.vatPercent / 100, language))}
      </p>
      <OrderPart visit={visit} item={item} shown={shown} days={days} />
      <h2>{words.item.rules}</h2>
      <SummaryList rows={factsOf(visit, item)} />
      {visit.signedIn === null && <p class="soft">{words.item.noAccount}</p>}
    </>,
  );
}

type OrderPartProps = {
  readonly visit: Visit;
  readonly item: Item;
  readonly shown: ShownItem;
  readonly days: ShownDays | null;
};

function OrderPart({ days, ...of }: OrderPartProps) {
  return days === null ? <ProductForm {...of} /> : <BookingForm {...of} days={days} />;
}

function wishOf({ values, day }: ShownItem): WishedDays {
  return { day: day ?? values.get('day') ?? null, month: values.get('month') ?? null };
}

function factsOf({ language }: Visit, item: Item): SummaryRow[] {
  const words = shopCatalogueText[language].item;
  const { booking, priceOre, questions } = item;
  const where = whereInWords(item, language);
  return [
    ...(booking === null
      ? []
      : [{ key: words.takes, value: duration(booking.durationMinutes, language) }]),
    ...(where === null ? [] : [{ key: words.where, value: where }]),
    ...(booking === null
      ? []
      : [{ key: words.cancelling, value: cancellingRule(booking, priceOre, language) }]),
    { key: words.withdrawal, value: withdrawalInWords(item, language) },
    ...(questions.length === 0
      ? []
      : [
          {
            key: words.asks,
            value: (
              <ul>
                {questions.map(({ field, isRequired }) => (
                  <li>
                    {intake[field][language]}
                    {!isRequired && ` ${words.optional}`}
                  </li>
                ))}
              </ul>
            ),
          },
        ]),
  ];
}
