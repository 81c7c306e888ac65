import { moveItem } from '../history/catalogue/change-item.ts';
import { listKnownItems } from '../history/catalogue/known-items.ts';
import type { KnownItem } from '../history/catalogue/known-items.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import { Actions, Button, ButtonLink } from '../pages/forms.tsx';
import { href } from '../pages/href.ts';
import { LinkList } from '../pages/links.tsx';
import { EmptyState } from '../pages/notices.tsx';
import { Badge, DataTable, Price } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import { catalogueText } from '../text/console-catalogue.ts';
import { number } from '../text/format.ts';
import { DoneNotice } from './done-notice.tsx';
import { consolePage } from './frame.tsx';

export const catalogueRoom = '/console/catalogue';

/** What is offered and what is hidden, in the company's order. */
export async function showCatalogue(visit: OwnVisit): Promise<Response> {
  const words = catalogueText[visit.language];
  const items = await listKnownItems(visit.op.db);
  const mayChange = isEditor(visit);
  return consolePage(
    visit,
    { title: words.title, current: 'catalogue' },
    <>
      <DoneNotice visit={visit} words={words.done} />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {mayChange ? (
        <Actions>
          <ButtonLink href={`${catalogueRoom}/new`} kind="secondary">
            {words.add}
          </ButtonLink>
        </Actions>
      ) : (
        <p class="soft">{words.onlyAdministrators}</p>
      )}
      {items.length === 0 ? (
        <EmptyState title={words.empty} icon="package">
          <p>{words.emptyText}</p>
        </EmptyState>
      ) : (
        <form method="post" action={`${catalogueRoom}/order`}>
          <DataTable
            caption={words.title}
            captionHidden
            columns={columnsOf(visit, items)}
            rows={items}
          />
        </form>
      )}
      <MorePages visit={visit} />
    </>,
  );
}

/** Moves an item one place up or down. */
export async function takeOrder(visit: OwnVisit): Promise<Response> {
  for (const [name, by] of [
    ['up', -1],
    ['down', 1],
  ] as const) {
    const itemId = visit.form.get(name) ?? '';
    if (isRowId(itemId)) await moveItem(visit.op, { itemId, by });
  }
  return seeOther(`${catalogueRoom}?done=moved`);
}

/** Only administrators change what is offered. */
export function isEditor({ session }: OwnVisit): boolean {
  return session.role === 'administrator';
}

function columnsOf(visit: OwnVisit, items: readonly KnownItem[]): Column<KnownItem>[] {
  const { language } = visit;
  const words = catalogueText[language];
  const columns: Column<KnownItem>[] = [
    {
      header: words.columns.name,
      cell: ({ itemId, name }) => (
        <a href={href(`${catalogueRoom}/items/${itemId}`)}>{name[language]}</a>
      ),
      rowHeader: true,
    },
    { header: words.columns.kind, cell: ({ kind }) => words.kinds[kind] },
    {
      header: words.columns.price,
      kind: 'number',
      cell: ({ priceOre }) => <Price ore={priceOre} language={language} />,
    },
    { header: words.columns.stock, cell: (item) => stockOf(visit, item) },
    { header: words.columns.state, cell: (item) => <OfferedBadge visit={visit} item={item} /> },
  ];
  if (!isEditor(visit)) return columns;
  return [
    ...columns,
    {
      header: words.columns.order,
      cell: (item) => <MoveButtons visit={visit} item={item} items={items} />,
    },
  ];
}

export function OfferedBadge({ visit, item }: { visit: OwnVisit; item: KnownItem }) {
  const words = catalogueText[visit.language];
  return item.isOffered ? (
    <Badge kind="done">{words.offered}</Badge>
  ) : (
    <Badge kind="stopped">{words.hidden}</Badge>
  );
}

/** What is left of each variant that somebody counts. */
export function stockOf({ language }: OwnVisit, { kind, variants }: KnownItem) {
  const words = catalogueText[language];
  if (kind !== 'product') return '–';
  const counted = variants.filter(({ stock }) => stock !== null);
  if (counted.length === 0) return words.notCounted;
  return counted.map(({ name, stock }) => (
    <span class="line">
      {`${name[language] === '' ? '' : `${name[language]}: `}${words.left(number(stock ?? 0, language))}`}
    </span>
  ));
}

function MoveButtons(props: { visit: OwnVisit; item: KnownItem; items: readonly KnownItem[] }) {
  const { visit, item, items } = props;
  const words = catalogueText[visit.language];
  const about = <span class="visually-hidden">{` ${item.name[visit.language]}`}</span>;
  return (
    <>
      {items[0] !== item && (
        <Button kind="link" name="up" value={item.itemId}>
          {words.up}
          {about}
        </Button>
      )}
      {items.at(-1) !== item && (
        <Button kind="link" name="down" value={item.itemId}>
          {words.down}
          {about}
        </Button>
      )}
    </>
  );
}

function MorePages({ visit }: { visit: OwnVisit }) {
  const words = catalogueText[visit.language];
  return (
    <>
      <h2>{words.more}</h2>
      <LinkList
        links={[
          {
            href: `${catalogueRoom}/resources`,
            label: words.resources,
            description: words.resourcesText,
          },
          { href: `${catalogueRoom}/skills`, label: words.skills, description: words.skillsText },
          {
            href: `${catalogueRoom}/closed-days`,
            label: words.closedDays,
            description: words.closedDaysText,
          },
        ]}
      />
    </>
  );
}
