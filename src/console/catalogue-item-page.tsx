import { offerItem } from '../history/catalogue/change-item.ts';
import { findKnownItem } from '../history/catalogue/known-items.ts';
import type { KnownItem } from '../history/catalogue/known-items.ts';
import { picturesOf } from '../history/catalogue/pictures/pictures.ts';
import type { Picture } from '../history/catalogue/pictures/pictures.ts';
import { listSkills } from '../history/calendar/resources.ts';
import type { Skill } from '../history/calendar/resources.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import { Button, Form, Hidden } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { Price, SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import { intake } from '../policy/intake.ts';
import { Problem } from '../problem.ts';
import { catalogueParts } from '../text/console-catalogue-parts.ts';
import { catalogueText } from '../text/console-catalogue.ts';
import { list, number, percent } from '../text/format.ts';
import { leadHoursOf } from './catalogue-fields.ts';
import { catalogueRoom, isEditor, OfferedBadge, stockOf } from './catalogue-page.tsx';
import { DoneNotice } from './done-notice.tsx';
import { consolePage } from './frame.tsx';

type Shown = {
  readonly visit: OwnVisit;
  readonly item: KnownItem;
  readonly skills: readonly Skill[];
  readonly pictures: readonly Picture[];
};

/** All of an item, each part with the way to change it. */
export async function showItem(visit: OwnVisit): Promise<Response> {
  const { op, language } = visit;
  const item = await itemOf(visit);
  const words = catalogueText[language];
  const pictures = (await picturesOf(op.db, [item.itemId])).get(item.itemId) ?? [];
  const shown = { visit, item, pictures, skills: await listSkills(op.db) };
  return consolePage(
    visit,
    { title: item.name[language], current: 'catalogue' },
    <>
      <DoneNotice visit={visit} words={words.done} />
      <BackLink href={catalogueRoom}>{words.back}</BackLink>
      <p class="kicker">{words.kinds[item.kind]}</p>
      <h1>{item.name[language]}</h1>
      <p class="lead">{item.description[language]}</p>
      <SummaryList rows={rowsOf(shown)} />
      {isEditor(visit) && <OfferForm {...shown} />}
    </>,
  );
}

/** Offers an item or hides it; not before all of it is there that an order needs. */
export async function takeOffer(visit: OwnVisit): Promise<Response> {
  const item = await itemOf(visit);
  const isOffered = visit.form.get('offered') === 'yes';
  const at = addressOf(item);
  if (isOffered && lacksOf(item) !== null) return seeOther(at);
  await offerItem(visit.op, { itemId: item.itemId, isOffered });
  return seeOther(`${at}?done=${isOffered ? 'offered' : 'hidden'}`);
}

/** @throws Problem `not-found` for what is no item's id */
export async function itemOf({ op, params }: OwnVisit): Promise<KnownItem> {
  const id = params['item'] ?? '';
  const item = isRowId(id) ? await findKnownItem(op.db, id) : null;
  if (item === null) throw new Problem('not-found');
  return item;
}

export function addressOf({ itemId }: Pick<KnownItem, 'itemId'>): string {
  return `${catalogueRoom}/items/${itemId}`;
}

/** What an order of it would need and does not find. */
function lacksOf({ kind, variants, booking, needs }: KnownItem) {
  if (kind === 'product' && variants.length === 0) return 'variant';
  if (kind === 'booking' && booking === null) return 'booking';
  if (kind === 'booking' && needs.length === 0) return 'needs';
  return null;
}

function rowsOf(shown: Shown): SummaryRow[] {
  const { item } = shown;
  return [
    ...factRows(shown),
    ...(item.kind === 'product' ? [variantRow(shown)] : []),
    ...(item.kind === 'booking' ? bookingRows(shown) : []),
    questionRow(shown),
    pictureRow(shown),
  ];
}

/** The way to change a part, for who may. */
function actionOf({ visit, item }: Shown, part: string, about: string) {
  if (!isEditor(visit)) return {};
  const { change } = catalogueText[visit.language];
  return {
    action: { label: change, about: about.toLowerCase(), href: `${addressOf(item)}/${part}` },
  };
}

function factRows(shown: Shown): SummaryRow[] {
  const { visit, item } = shown;
  const { language } = visit;
  const words = catalogueText[language];
  const other = language === 'sv' ? 'en' : 'sv';
  return [
    { key: words.columns.state, value: <OfferedBadge visit={visit} item={item} /> },
    {
      key: words.facts,
      value: (
        <>
          <p>
            <Price ore={item.priceOre} language={language} />
            {`, ${words.vatWithin(percent(item.vatPercent / 100, language))}`}
          </p>
          <p lang={other}>{item.name[other]}</p>
        </>
      ),
      ...actionOf(shown, 'change', words.facts),
    },
    { key: words.fulfilment, value: words.fulfilments[item.fulfilment] },
    { key: words.withdrawal, value: words.withdrawals[item.withdrawal] },
    { key: words.paysOnSite, value: item.paysOnSite ? words.yes : words.no },
    ...(item.isSensitive ? [{ key: words.sensitive, value: words.yes }] : []),
  ];
}

function variantRow(shown: Shown): SummaryRow {
  const { title } = catalogueParts[shown.visit.language].variants;
  return {
    key: title,
    value: stockOf(shown.visit, shown.item),
    ...actionOf(shown, 'variants', title),
  };
}

function bookingRows(shown: Shown): SummaryRow[] {
  const { visit, item, skills } = shown;
  const { language } = visit;
  const words = catalogueParts[language].booking;
  const action = actionOf(shown, 'booking', words.title);
  const rules = item.booking;
  if (rules === null) return [{ key: words.title, value: words.none, ...action }];
  const count = (value: number) => number(value, language);
  const { rows } = words;
  const needs = skills.filter(({ skillId }) => item.needs.includes(skillId));
  return [
    {
      key: rows.time,
      value: rows.timeValue(
        count(rules.durationMinutes),
        count(rules.bufferBeforeMinutes),
        count(rules.bufferAfterMinutes),
      ),
      ...action,
    },
    { key: rows.starts, value: rows.startsValue(count(rules.stepMinutes)) },
    {
      key: rows.span,
      value: rows.spanValue(count(leadHoursOf(rules)), count(rules.horizonDays)),
    },
    { key: rows.seats, value: count(rules.capacity) },
    {
      key: rows.cancel,
      value: rows.cancelValue(
        count(rules.freeCancelHours),
        percent(rules.lateFeePercent / 100, language),
      ),
    },
    {
      key: rows.needs,
      value:
        needs.length === 0
          ? rows.noNeeds
          : list(
              needs.map(({ name }) => name[language]),
              language,
            ),
    },
  ];
}

function questionRow(shown: Shown): SummaryRow {
  const { language } = shown.visit;
  const words = catalogueParts[language].questions;
  const { questions } = shown.item;
  return {
    key: words.title,
    value:
      questions.length === 0
        ? words.none
        : questions.map(({ field, isRequired }) => (
            <span class="line">
              {`${intake[field][language]} (${isRequired ? words.must : words.may})`}
            </span>
          )),
    ...actionOf(shown, 'questions', words.title),
  };
}

function pictureRow(shown: Shown): SummaryRow {
  const { language } = shown.visit;
  const words = catalogueParts[language].pictures;
  const { pictures } = shown;
  return {
    key: words.title,
    value: pictures.length === 0 ? words.none : words.count(number(pictures.length, language)),
    ...actionOf(shown, 'pictures', words.title),
  };
}

function OfferForm({ visit, item }: Shown) {
  const words = catalogueText[visit.language];
  const lacks = lacksOf(item);
  if (!item.isOffered && lacks !== null) {
    return (
      <Notice kind="warning" title={words.cannotOffer}>
        <p>{words.lacks[lacks]}</p>
      </Notice>
    );
  }
  return (
    <Form action={`${addressOf(item)}/offer`}>
      <p>{item.isOffered ? words.hideText : words.offerText}</p>
      <Hidden name="offered" value={item.isOffered ? 'no' : 'yes'} />
      <Button kind={item.isOffered ? 'secondary' : 'primary'}>
        {item.isOffered ? words.hide : words.offer}
      </Button>
    </Form>
  );
}
