import { findItem } from '../history/catalogue/items.ts';
import type { Item } from '../history/catalogue/items.ts';
import { quantityMax } from '../history/orders.ts';
import type { Visit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import { Button, Field, Form, Hidden } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Price } from '../pages/tables.tsx';
import { Problem } from '../problem.ts';
import { percent } from '../text/format.ts';
import { portalOrdersText } from '../text/portal-orders.ts';
import { portalFrameText } from '../text/portal-frame.ts';
import { portalPage } from './frame.tsx';

/** One product with its price, and how many of it. */
export async function itemPage(visit: Visit): Promise<Response> {
  const { language } = visit;
  const item = await productOf(visit, visit.params['item']);
  const words = portalOrdersText[language].item;
  return portalPage(
    visit,
    { title: item.name[language], current: 'start', description: item.description[language] },
    <>
      <BackLink href="/">{words.back}</BackLink>
      <h1>{item.name[language]}</h1>
      <p class="lead">{item.description[language]}</p>
      <p>
        <strong>
          <Price ore={item.priceOre} language={language} />
        </strong>{' '}
        {words.vatIncluded(percent(item.vatPercent / 100, language))}
      </p>
      <p class="soft">{words.payLater}</p>
      <Form action="/order/new" method="get">
        <Hidden name="item" value={item.itemId} />
        <Field
          name="quantity"
          label={words.quantity}
          value="1"
          inputmode="numeric"
          autocomplete="off"
          width="short"
          maxlength={String(quantityMax).length}
        />
        <Button>{words.toDelivery}</Button>
      </Form>
      {visit.signedIn === null && (
        <p>
          {words.needsAccount} <a href="/sign-up">{words.createAccount}</a>{' '}
          <span aria-hidden="true">·</span>{' '}
          <a href={`/sign-in?return=${encodeURIComponent(visit.path)}`}>
            {portalFrameText[language].signIn}
          </a>
        </p>
      )}
    </>,
  );
}

/**
 * The product that a form or an address names. Only products can be ordered so far.
 * @throws Problem `not-found`
 */
export async function productOf(visit: Visit, itemId: string | null | undefined): Promise<Item> {
  const item = itemId && isRowId(itemId) ? await findItem(visit.op.db, itemId) : null;
  if (item === null || item.kind !== 'product') throw new Problem('not-found');
  return item;
}
