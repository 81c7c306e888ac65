import type { ItemKind } from '../database/records-history.ts';
import { appendItem, changeItem } from '../history/catalogue/change-item.ts';
import type { ItemFacts } from '../history/catalogue/change-item.ts';
import { seeOther } from '../http/answers.ts';
import { parseForm } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { newRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import { Check, Choices, ErrorSummary } from '../pages/choices.tsx';
import { Button, Field, Form, TextArea } from '../pages/forms.tsx';
import { BackLink, LinkList } from '../pages/links.tsx';
import { isProblem, Problem } from '../problem.ts';
import { catalogueText } from '../text/console-catalogue.ts';
import {
  descriptionLengthMax,
  factsForm,
  fieldsOfItem,
  fulfilmentsOf,
  itemNameLengthMax,
  vatRates,
  withdrawals,
} from './catalogue-fields.ts';
import { addressOf, itemOf } from './catalogue-item-page.tsx';
import { catalogueRoom } from './catalogue-page.tsx';
import { errorsIn, refused, standing, standingChoice, statusOf, stored } from './form-state.ts';
import type { FormState } from './form-state.ts';
import { consolePage } from './frame.tsx';

const kinds: readonly ItemKind[] = ['product', 'service', 'booking'];
const priceLengthMax = 12;

/** What kind of thing is to be added; the forms differ. */
export function chooseKind(visit: OwnVisit): Promise<Response> {
  const words = catalogueText[visit.language];
  return consolePage(
    visit,
    { title: words.addTitle, current: 'catalogue' },
    <>
      <BackLink href={catalogueRoom}>{words.back}</BackLink>
      <h1>{words.addTitle}</h1>
      <LinkList
        links={kinds.map((kind) => ({
          href: `${catalogueRoom}/new/${kind}`,
          label: words.kinds[kind],
          description: words.kindTexts[kind],
        }))}
      />
    </>,
  );
}

export function showNewItem(visit: OwnVisit): Promise<Response> {
  const kind = kindOf(visit);
  const usual: [string, string][] = [
    ['vat', '25'],
    ['fulfilment', fulfilmentsOf[kind][0] ?? ''],
    ['withdrawal', 'right'],
    ['pays_on_site', 'yes'],
  ];
  return newPage(visit, stored(usual));
}

/** Adds an item that nobody sees yet. */
export async function takeNewItem(visit: OwnVisit): Promise<Response> {
  const kind = kindOf(visit);
  const parsed = parseForm(factsForm(kind), visit.form);
  if (!parsed.ok) return newPage(visit, refused(visit, parsed.faults));
  const itemId = newRowId(visit.op.now);
  try {
    await appendItem(visit.op, newItemOf({ itemId, kind, facts: parsed.value, visit }));
  } catch (error) {
    if (!isProblem(error, 'too-many')) throw error;
    return newPage(visit, refused(visit, { name_sv: 'too-late' }));
  }
  return seeOther(`${addressOf({ itemId })}?done=added`);
}

export async function showFacts(visit: OwnVisit): Promise<Response> {
  return changePage(visit, stored(fieldsOfItem(await itemOf(visit))));
}

export async function takeFacts(visit: OwnVisit): Promise<Response> {
  const item = await itemOf(visit);
  const parsed = parseForm(factsForm(item.kind), visit.form);
  if (!parsed.ok) return changePage(visit, refused(visit, parsed.faults));
  try {
    await changeItem(visit.op, item.itemId, parsed.value);
  } catch (error) {
    if (!isProblem(error, 'bad-input')) throw error;
    return changePage(visit, refused(visit, { price: 'wrong' }));
  }
  return seeOther(`${addressOf(item)}?done=changed`);
}

/** @throws Problem `not-found` for a kind that is none */
function kindOf({ params }: OwnVisit): ItemKind {
  const kind = kinds.find((one) => one === params['kind']);
  if (kind === undefined) throw new Problem('not-found');
  return kind;
}

function newItemOf(of: {
  readonly itemId: RowId;
  readonly kind: ItemKind;
  readonly facts: ItemFacts;
  readonly visit: OwnVisit;
}) {
  const only = {
    variantId: newRowId(of.visit.op.now),
    name: { sv: '', en: '' },
    extraOre: 0,
    stock: null,
  };
  return {
    ...of.facts,
    itemId: of.itemId,
    kind: of.kind,
    variants: of.kind === 'product' ? [only] : [],
    questions: [],
    booking: null,
    isOffered: false,
  };
}

function newPage(visit: OwnVisit, state: FormState): Promise<Response> {
  const words = catalogueText[visit.language];
  const kind = kindOf(visit);
  return formPage({
    visit,
    state,
    kind,
    title: words.newTitles[kind],
    lead: words.newLead,
    action: `${catalogueRoom}/new/${kind}`,
    back: catalogueRoom,
    button: words.addButton,
  });
}

async function changePage(visit: OwnVisit, state: FormState): Promise<Response> {
  const words = catalogueText[visit.language];
  const item = await itemOf(visit);
  return formPage({
    visit,
    state,
    kind: item.kind,
    title: words.changeHeading(item.name[visit.language]),
    lead: words.changeLead,
    action: `${addressOf(item)}/change`,
    back: addressOf(item),
    button: words.saveButton,
  });
}

type Shown = {
  readonly visit: OwnVisit;
  readonly state: FormState;
  readonly kind: ItemKind;
  readonly title: string;
  readonly lead: string;
  readonly action: string;
  readonly back: string;
  readonly button: string;
};

function formPage(shown: Shown): Promise<Response> {
  const { visit, state, title } = shown;
  const words = catalogueText[visit.language];
  return consolePage(
    visit,
    { title, current: 'catalogue', status: statusOf(state) },
    <>
      <ErrorSummary title={words.errorTitle} errors={errorsIn(words.faults, state)} />
      <BackLink href={shown.back}>{words.back}</BackLink>
      <h1>{title}</h1>
      <p class="lead">{shown.lead}</p>
      <Form action={shown.action}>
        <WordFields {...shown} />
        <PriceFields {...shown} />
        <DeliveryFields {...shown} />
        <Button>{shown.button}</Button>
      </Form>
    </>,
  );
}

function WordFields({ visit, state }: Shown) {
  const words = catalogueText[visit.language];
  const { faults } = words;
  return (
    <>
      {(['sv', 'en'] as const).map((language) => (
        <>
          <Field
            {...standing(faults, state, `name_${language}`)}
            label={language === 'sv' ? words.nameSv : words.nameEn}
            autocomplete="off"
            maxlength={itemNameLengthMax}
            required
          />
          <TextArea
            {...standing(faults, state, `description_${language}`)}
            label={language === 'sv' ? words.descriptionSv : words.descriptionEn}
            rows={4}
            maxlength={descriptionLengthMax}
            required
          />
        </>
      ))}
    </>
  );
}

function PriceFields({ visit, state }: Shown) {
  const words = catalogueText[visit.language];
  return (
    <>
      <Field
        {...standing(words.faults, state, 'price')}
        label={words.price}
        hint={words.priceHint}
        inputmode="decimal"
        autocomplete="off"
        width="short"
        maxlength={priceLengthMax}
        required
      />
      <Choices
        {...standingChoice(words.faults, state, 'vat')}
        legend={words.vat}
        options={vatRates.map((value) => ({ value, label: words.vatRates[value] }))}
      />
      <Check
        name="pays_on_site"
        label={words.paysOnSite}
        checked={state.values.has('pays_on_site')}
      />
    </>
  );
}

function DeliveryFields({ visit, state, kind }: Shown) {
  const words = catalogueText[visit.language];
  return (
    <>
      <Choices
        {...standingChoice(words.faults, state, 'fulfilment')}
        legend={words.fulfilment}
        hint={words.fulfilmentHint}
        options={fulfilmentsOf[kind].map((value) => ({ value, label: words.fulfilments[value] }))}
      />
      <Choices
        {...standingChoice(words.faults, state, 'withdrawal')}
        legend={words.withdrawal}
        hint={words.withdrawalHint}
        options={withdrawals.map((value) => ({
          value,
          label: words.withdrawals[value],
          hint: words.withdrawalTexts[value],
        }))}
      />
      <Check
        name="sensitive"
        label={words.sensitive}
        hint={words.sensitiveText}
        checked={state.values.has('sensitive')}
      />
    </>
  );
}
