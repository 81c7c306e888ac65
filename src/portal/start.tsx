import { listItems } from '../history/catalogue/items.ts';
import type { Item } from '../history/catalogue/items.ts';
import type { Visit } from '../http/route.ts';
import { Actions, ButtonLink } from '../pages/forms.tsx';
import { EmptyState, Notice } from '../pages/notices.tsx';
import { Price } from '../pages/tables.tsx';
import { Thing, Things } from '../pages/things.tsx';
import { notice } from '../policy/notice.ts';
import type { Language } from '../text/bilingual.ts';
import { portalText } from '../text/portal.ts';
import { portalPage } from './frame.tsx';

/** What the site is for, and what the company offers. */
export async function startPage(visit: Visit): Promise<Response> {
  const { language } = visit;
  const words = portalText[language].start;
  const company = notice.controller.name;
  const products = (await listItems(visit.op.db)).filter(({ kind }) => kind === 'product');
  const frame = {
    title: words.title,
    current: 'start',
    description: words.description(company),
  } as const;
  return portalPage(
    visit,
    frame,
    <>
      {visit.query.has('signed-out') && visit.signedIn === null && (
        <Notice kind="success" title={words.signedOut} role="status">
          <p>{words.signedOutText}</p>
        </Notice>
      )}
      <h1>{words.heading}</h1>
      <p class="lead">{words.whatThisIs(company)}</p>
      <WaysIn visit={visit} />
      <h2>{words.products}</h2>
      {products.length === 0 ? (
        <EmptyState title={words.nothing} icon="package">
          <p>{words.nothingText}</p>
        </EmptyState>
      ) : (
        <Products products={products} language={language} />
      )}
    </>,
  );
}

function WaysIn({ visit }: { visit: Visit }) {
  const words = portalText[visit.language].start;
  if (visit.signedIn !== null) {
    return (
      <Actions>
        <ButtonLink href="/overview" kind="secondary">
          {words.toOverview}
        </ButtonLink>
      </Actions>
    );
  }
  return (
    <Actions>
      <ButtonLink href="/sign-up">{words.createAccount}</ButtonLink>
      <ButtonLink href="/sign-in" kind="secondary">
        {words.signIn}
      </ButtonLink>
    </Actions>
  );
}

function Products({ products, language }: { products: readonly Item[]; language: Language }) {
  const words = portalText[language].start;
  return (
    <Things>
      {products.map((item) => (
        <Thing
          name={item.name[language]}
          level={3}
          href={`/catalogue/${item.itemId}`}
          description={item.description[language]}
          price={<Price ore={item.priceOre} language={language} />}
          priceNote={words.vatIncluded}
        />
      ))}
    </Things>
  );
}
