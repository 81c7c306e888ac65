import type { KnownItem } from '../history/catalogue/known-items.ts';
import type { Variant } from '../history/catalogue/items.ts';
import { addVariant, changeVariant } from '../history/catalogue/variants.ts';
import { seeOther } from '../http/answers.ts';
import { parseForm } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { Check, ErrorSummary } from '../pages/choices.tsx';
import type { FormError } from '../pages/choices.tsx';
import { Button, Field, Form, Hidden } from '../pages/forms.tsx';
import { href } from '../pages/href.ts';
import { BackLink } from '../pages/links.tsx';
import { Badge, DataTable } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import { isProblem, Problem } from '../problem.ts';
import { catalogueParts } from '../text/console-catalogue-parts.ts';
import { catalogueText } from '../text/console-catalogue.ts';
import { money, number } from '../text/format.ts';
import { kronorOf, variantForm, variantNameLengthMax } from './catalogue-fields.ts';
import { addressOf, itemOf } from './catalogue-item-page.tsx';
import { StockForm, takeStock } from './catalogue-stock.tsx';
import { DoneNotice } from './done-notice.tsx';
import { errorsIn, refused, standing, statusOf, stored } from './form-state.ts';
import type { FormState } from './form-state.ts';
import { consolePage } from './frame.tsx';

type Listed = Variant & { readonly isOffered: boolean };
const amountLengthMax = 12;
const untouched = stored([
  ['extra', '0'],
  ['offered', 'yes'],
]);

export async function showVariants(visit: OwnVisit): Promise<Response> {
  return listPage(visit, await productOf(visit), { state: untouched });
}

export async function takeNewVariant(visit: OwnVisit): Promise<Response> {
  const item = await productOf(visit);
  const parsed = parseForm(variantForm, visit.form);
  if (!parsed.ok) return listPage(visit, item, { state: refused(visit, parsed.faults) });
  try {
    await addVariant(visit.op, item.itemId, parsed.value);
  } catch (error) {
    if (isProblem(error, 'bad-input'))
      return listPage(visit, item, { state: refused(visit, { extra: 'wrong' }) });
    if (!isProblem(error, 'too-many')) throw error;
    const { full } = catalogueParts[visit.language].variants;
    return listPage(visit, item, { state: refused(visit, {}), problem: full });
  }
  return seeOther(`${addressOf(item)}/variants?done=changed`);
}

export async function showVariant(visit: OwnVisit): Promise<Response> {
  const item = await productOf(visit);
  const variant = variantOf(visit, item);
  return variantPage(visit, { item, variant, state: stored(fieldsOf(variant)) });
}

/** One page with two forms: what the variant is, and how many there are. */
export async function takeVariant(visit: OwnVisit): Promise<Response> {
  const item = await productOf(visit);
  const variant = variantOf(visit, item);
  if (visit.form.get('do') !== 'save') return takeStockOf(visit, item, variant);
  const parsed = parseForm(variantForm, visit.form);
  if (!parsed.ok) {
    return variantPage(visit, { item, variant, state: refused(visit, parsed.faults) });
  }
  try {
    await changeVariant(visit.op, keyOf(item, variant), parsed.value);
  } catch (error) {
    if (isProblem(error, 'bad-input'))
      return variantPage(visit, { item, variant, state: refused(visit, { extra: 'wrong' }) });
    if (!isProblem(error, 'conflict')) throw error;
    const { last } = catalogueParts[visit.language].variants;
    const state = refused(visit, {});
    return variantPage(visit, { item, variant, state, problem: { field: 'offered', text: last } });
  }
  return seeOther(`${addressOf(item)}/variants?done=changed`);
}

async function takeStockOf(visit: OwnVisit, item: KnownItem, variant: Listed): Promise<Response> {
  const problem = await takeStock(visit, keyOf(item, variant));
  if (problem === null) {
    return seeOther(`${addressOf(item)}/variants/${variant.variantId}?done=stock`);
  }
  // What there is now may not be what stood on the page.
  const now = variantOf(visit, await itemOf(visit));
  return variantPage(visit, { item, variant: now, state: stored(fieldsOf(now)), problem });
}

/** @throws Problem `not-found` for what has no variants */
async function productOf(visit: OwnVisit): Promise<KnownItem> {
  const item = await itemOf(visit);
  if (item.kind !== 'product') throw new Problem('not-found');
  return item;
}

function variantOf({ params }: OwnVisit, item: KnownItem): Listed {
  const found = listed(item).find(({ variantId }) => variantId === params['variant']);
  if (found === undefined) throw new Problem('not-found');
  return found;
}

function listed({ variants, hiddenVariants }: KnownItem): Listed[] {
  return [
    ...variants.map((one) => ({ ...one, isOffered: true })),
    ...hiddenVariants.map((one) => ({ ...one, isOffered: false })),
  ];
}

function keyOf({ itemId }: KnownItem, { variantId }: Variant) {
  return { itemId, variantId };
}

function fieldsOf(variant: Listed): [string, string][] {
  return [
    ['name_sv', variant.name.sv],
    ['name_en', variant.name.en],
    ['extra', kronorOf(variant.extraOre)],
    ...(variant.isOffered ? [['offered', 'yes'] as [string, string]] : []),
  ];
}

function listPage(
  visit: OwnVisit,
  item: KnownItem,
  { state, problem }: { readonly state: FormState; readonly problem?: string },
): Promise<Response> {
  const { language } = visit;
  const words = catalogueParts[language].variants;
  const errors: FormError[] = [
    ...errorsIn(words.faults, state),
    ...(problem === undefined ? [] : [{ field: 'name_sv', text: problem }]),
  ];
  return consolePage(
    visit,
    { title: words.title, current: 'catalogue', status: errors.length === 0 ? 200 : 422 },
    <>
      <ErrorSummary title={catalogueText[language].errorTitle} errors={errors} />
      <DoneNotice visit={visit} words={words.done} />
      <BackLink href={addressOf(item)}>{item.name[language]}</BackLink>
      <h1>{words.heading(item.name[language])}</h1>
      <p class="lead">{words.lead}</p>
      <DataTable
        caption={words.title}
        captionHidden
        columns={columnsOf(visit, item)}
        rows={listed(item)}
      />
      <h2>{words.add}</h2>
      <Form action={`${addressOf(item)}/variants`}>
        <VariantFields visit={visit} state={state} />
        <Button>{words.add}</Button>
      </Form>
    </>,
  );
}

function columnsOf({ language }: OwnVisit, item: KnownItem): Column<Listed>[] {
  const words = catalogueParts[language].variants;
  const all = catalogueText[language];
  return [
    {
      header: words.name,
      cell: ({ variantId, name }) => (
        <a href={href(`${addressOf(item)}/variants/${variantId}`)}>
          {name[language] === '' ? words.unnamed : name[language]}
        </a>
      ),
      rowHeader: true,
    },
    { header: words.extra, kind: 'number', cell: ({ extraOre }) => money(extraOre, language) },
    {
      header: words.stock,
      kind: 'number',
      cell: ({ stock }) => (stock === null ? all.notCounted : number(stock, language)),
    },
    {
      header: words.state,
      cell: ({ isOffered }) => (
        <Badge kind={isOffered ? 'done' : 'stopped'}>{isOffered ? all.offered : all.hidden}</Badge>
      ),
    },
  ];
}

type Shown = {
  readonly item: KnownItem;
  readonly variant: Listed;
  readonly state: FormState;
  readonly problem?: FormError;
};

function variantPage(visit: OwnVisit, { item, variant, state, problem }: Shown): Promise<Response> {
  const { language } = visit;
  const words = catalogueParts[language].variants;
  const at = `${addressOf(item)}/variants`;
  const action = `${at}/${variant.variantId}`;
  const errors = [...errorsIn(words.faults, state), ...(problem === undefined ? [] : [problem])];
  const name = variant.name[language];
  return consolePage(
    visit,
    {
      title: words.changeTitle,
      current: 'catalogue',
      status: problem === undefined ? statusOf(state) : 422,
    },
    <>
      <ErrorSummary title={catalogueText[language].errorTitle} errors={errors} />
      <DoneNotice visit={visit} words={words.done} />
      <BackLink href={at}>{words.heading(item.name[language])}</BackLink>
      <h1>{name === '' ? item.name[language] : name}</h1>
      <h2>{words.stockTitle}</h2>
      <StockForm
        visit={visit}
        variant={variant}
        action={action}
        error={problem?.field === 'count' ? problem.text : undefined}
      />
      <h2>{words.changeTitle}</h2>
      <Form action={action}>
        <Hidden name="do" value="save" />
        <VariantFields
          visit={visit}
          state={state}
          offeredError={problem?.field === 'offered' ? problem.text : undefined}
        />
        <Button>{words.save}</Button>
      </Form>
    </>,
  );
}

function VariantFields(props: {
  visit: OwnVisit;
  state: FormState;
  offeredError?: string | undefined;
}) {
  const { visit, state } = props;
  const words = catalogueParts[visit.language].variants;
  return (
    <>
      <Field
        {...standing(words.faults, state, 'name_sv')}
        label={words.nameSv}
        hint={words.nameHint}
        autocomplete="off"
        width="medium"
        maxlength={variantNameLengthMax}
      />
      <Field
        {...standing(words.faults, state, 'name_en')}
        label={words.nameEn}
        autocomplete="off"
        width="medium"
        maxlength={variantNameLengthMax}
      />
      <Field
        {...standing(words.faults, state, 'extra')}
        label={words.extraField}
        hint={words.extraHint}
        autocomplete="off"
        width="short"
        maxlength={amountLengthMax}
        required
      />
      <Check
        name="offered"
        label={words.offered}
        checked={state.values.has('offered')}
        error={props.offeredError}
      />
    </>
  );
}
