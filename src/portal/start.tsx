import type { ItemKind } from '../database/records-history.ts';
import { listItems } from '../history/catalogue/items.ts';
import type { Item } from '../history/catalogue/items.ts';
import { picturesOf } from '../history/catalogue/pictures/pictures.ts';
import type { Picture } from '../history/catalogue/pictures/pictures.ts';
import type { Visit } from '../http/route.ts';
import type { RowId } from '../ids.ts';
import { Actions, Button, ButtonLink, Field, Form } from '../pages/forms.tsx';
import { EmptyState, Notice } from '../pages/notices.tsx';
import { Thing, Things } from '../pages/things.tsx';
import { notice } from '../policy/notice.ts';
import type { Language } from '../text/bilingual.ts';
import { portalText } from '../text/portal.ts';
import { shopCatalogueText } from '../text/shop-catalogue.ts';
import { ItemPrice, kindsInOrder, leftOf, pictureFor, stateInWords } from './catalogue-parts.tsx';
import { matching, searchedFor, searchLengthMax } from './catalogue-search.ts';
import { portalPage } from './frame.tsx';

/** Fewer things than this are seen at a glance. */
const searchableFrom = 13;

/** What the site is for, and what the company offers. */
export async function startPage(visit: Visit): Promise<Response> {
  const { language } = visit;
  const words = portalText[language].start;
  const company = notice.controller.name;
  const items = await listItems(visit.op.db);
  // An address that was kept from when there was more to search in hides nothing.
  const isSearchable = items.length >= searchableFrom;
  const searched = isSearchable ? searchedFor(visit.query.get('q')) : '';
  const found = searched === '' ? items : matching(items, searched, language);
  const pictures = await picturesOf(
    visit.op.db,
    found.map(({ itemId }) => itemId),
  );
  const description = words.description(company);
  return portalPage(
    visit,
    { title: words.title, current: 'start', description },
    <>
      {visit.query.has('signed-out') && visit.signedIn === null && (
        <Notice kind="success" title={words.signedOut} role="status">
          <p>{words.signedOutText}</p>
        </Notice>
      )}
      <h1>{words.heading}</h1>
      <p class="lead">{words.whatThisIs(company)}</p>
      <WaysIn visit={visit} />
      {isSearchable && <Search visit={visit} searched={searched} found={found.length} />}
      {items.length === 0 && <Nothing visit={visit} />}
      {kindsInOrder.map((kind) => (
        <OfKind visit={visit} kind={kind} items={found} pictures={pictures} />
      ))}
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

type SearchProps = { readonly visit: Visit; readonly searched: string; readonly found: number };

function Search({ visit, searched, found }: SearchProps) {
  const words = shopCatalogueText[visit.language].search;
  return (
    <search>
      <Form action="/" method="get" layout="row">
        <Field
          name="q"
          type="search"
          label={words.label}
          value={searched}
          autocomplete="off"
          maxlength={searchLengthMax}
        />
        <Button kind="secondary" icon="search">
          {words.submit}
        </Button>
      </Form>
      {searched !== '' && found > 0 && (
        <p role="status">
          {words.found(found)}. <a href="/">{words.all}</a>
        </p>
      )}
      {searched !== '' && found === 0 && (
        <EmptyState title={words.nothing} icon="search">
          <p>{words.nothingText}</p>
          <ButtonLink href="/" kind="secondary">
            {words.all}
          </ButtonLink>
        </EmptyState>
      )}
    </search>
  );
}

function Nothing({ visit }: { visit: Visit }) {
  const words = shopCatalogueText[visit.language];
  return (
    <EmptyState title={words.nothing} icon="package">
      <p>{words.nothingText}</p>
    </EmptyState>
  );
}

type OfKindProps = {
  readonly visit: Visit;
  readonly kind: ItemKind;
  readonly items: readonly Item[];
  readonly pictures: ReadonlyMap<RowId, readonly Picture[]>;
};

/** The things of one kind under their heading; nothing where there are none. */
function OfKind({ visit, kind, items, pictures }: OfKindProps) {
  const { language } = visit;
  const words = shopCatalogueText[language];
  const own = items.filter((item) => item.kind === kind);
  if (own.length === 0) return null;
  return (
    <>
      <h2>{words.kinds[kind]}</h2>
      <Things>
        {own.map((item) => (
          <Thing
            name={item.name[language]}
            level={3}
            href={`/catalogue/${item.itemId}`}
            picture={firstOf(pictures.get(item.itemId), language)}
            description={item.description[language]}
            price={<ItemPrice item={item} language={language} />}
            priceNote={words.vatIncluded}
            state={stateInWords(item, language)}
            isOut={leftOf(item) === 0}
          />
        ))}
      </Things>
    </>
  );
}

function firstOf(pictures: readonly Picture[] | undefined, language: Language) {
  const first = pictures?.[0];
  return first && pictureFor(first, language);
}
