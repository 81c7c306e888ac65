import { seeOther } from '../http/answers.ts';
import { parseForm } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import type { RowId } from '../ids.ts';
import { Choices, ErrorSummary } from '../pages/choices.tsx';
import type { FormError } from '../pages/choices.tsx';
import { Button, Field, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { notice } from '../policy/notice.ts';
import { errorsOf } from '../portal/form-errors.ts';
import { isProblem } from '../problem.ts';
import { addRecipient, changeRecipient } from '../recipients/register.ts';
import type { NewRecipient } from '../recipients/register.ts';
import { registersText } from '../text/console-registers.ts';
import { setupText } from '../text/console-setup.ts';
import { recipientOf, register } from './agreement-pages.tsx';
import { consolePage } from './frame.tsx';
import {
  categoryNamesOfRecipients,
  fieldsOf,
  recipientForm,
  recipientNameLengthMax,
  recipientRoles,
  channels,
} from './recipient-fields.ts';

type Fields = ReadonlyMap<string, string>;
type Shown = {
  readonly visit: OwnVisit;
  readonly title: string;
  readonly heading: string;
  readonly lead: string;
  readonly action: string;
  readonly button: string;
  readonly fields: Fields;
  readonly errors: readonly FormError[];
};

export function showNewRecipient(visit: OwnVisit): Promise<Response> {
  return newPage(visit, []);
}

export async function takeNewRecipient(visit: OwnVisit): Promise<Response> {
  const parsed = parse(visit, recipientForm(null));
  if ('errors' in parsed) return newPage(visit, parsed.errors);
  const saved = await save(visit, () => addRecipient(visit.op, parsed.recipient));
  return saved === null ? seeOther(`${register}?done=added`) : newPage(visit, [saved]);
}

export async function showRecipient(visit: OwnVisit): Promise<Response> {
  const recipient = await recipientOf(visit);
  return changePage(visit, recipient, fieldsOf(recipient), []);
}

export async function takeRecipient(visit: OwnVisit): Promise<Response> {
  const known = await recipientOf(visit);
  const parsed = parse(visit, recipientForm(known));
  if ('errors' in parsed) return changePage(visit, known, visit.form, parsed.errors);
  const saved = await save(visit, () =>
    changeRecipient(visit.op, known.recipientId, parsed.recipient),
  );
  return saved === null
    ? seeOther(`${register}?done=changed`)
    : changePage(visit, known, visit.form, [saved]);
}

function parse(
  visit: OwnVisit,
  form: ReturnType<typeof recipientForm>,
): { readonly recipient: NewRecipient } | { readonly errors: readonly FormError[] } {
  const parsed = parseForm(form, visit.form);
  if (parsed.ok) return { recipient: parsed.value };
  return { errors: errorsOf(setupText[visit.language].recipient.faults, parsed.faults) };
}

/** What is wrong when another recipient serves the channel; null when it is saved. */
async function save(visit: OwnVisit, write: () => Promise<unknown>): Promise<FormError | null> {
  try {
    await write();
    return null;
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
    return { field: 'channel', text: setupText[visit.language].recipient.taken };
  }
}

function newPage(visit: OwnVisit, errors: readonly FormError[]): Promise<Response> {
  const words = setupText[visit.language].recipient;
  return formPage({
    visit,
    title: words.add,
    heading: words.add,
    lead: words.addLead,
    action: `${register}/new`,
    button: words.addButton,
    fields: visit.form.size === 0 ? new Map([['channel', 'none']]) : visit.form,
    errors,
  });
}

function changePage(
  visit: OwnVisit,
  known: { readonly name: string; readonly recipientId: RowId },
  fields: Fields,
  errors: readonly FormError[],
): Promise<Response> {
  const words = setupText[visit.language].recipient;
  return formPage({
    visit,
    title: words.changeTitle,
    heading: words.changeHeading(known.name),
    lead: words.changeLead,
    action: `${register}/${known.recipientId}/change`,
    button: words.changeButton,
    fields,
    errors,
  });
}

function formPage(shown: Shown): Promise<Response> {
  const { visit, errors } = shown;
  const words = setupText[visit.language];
  return consolePage(
    visit,
    { title: shown.title, current: 'recipients', status: errors.length === 0 ? 200 : 422 },
    <>
      <ErrorSummary title={words.errorTitle} errors={errors} />
      <BackLink href={register}>{words.recipient.back}</BackLink>
      <h1>{shown.heading}</h1>
      <p class="lead">{shown.lead}</p>
      <Form action={shown.action}>
        <WhoFields {...shown} />
        <TransferFields {...shown} />
        <AddressFields {...shown} />
        <Button>{shown.button}</Button>
      </Form>
    </>,
  );
}

/** The value and the error of a field, by its name. */
function standing({ fields, errors }: Shown, name: string) {
  const error = errors.find(({ field }) => field === name)?.text;
  return { name, value: fields.get(name), error };
}

function chosen({ fields }: Shown, name: string): string[] {
  const value = fields.get(name);
  return value === undefined ? [] : [value];
}

function WhoFields(shown: Shown) {
  const { language } = shown.visit;
  const words = setupText[language].recipient;
  const { roles, channels: channelWords } = registersText[language].recipients;
  return (
    <>
      <Field
        {...standing(shown, 'name')}
        label={words.name}
        hint={words.nameHint}
        autocomplete="off"
        maxlength={recipientNameLengthMax}
        required
      />
      <Choices
        {...standing(shown, 'category')}
        legend={words.category}
        options={categoryNamesOfRecipients.map((value) => ({
          value,
          label: notice.recipients[value].words[language],
        }))}
        values={chosen(shown, 'category')}
      />
      <Choices
        {...standing(shown, 'role')}
        legend={words.role}
        options={recipientRoles.map((value) => ({ value, label: roles[value] }))}
        values={chosen(shown, 'role')}
      />
      <Choices
        {...standing(shown, 'channel')}
        legend={words.channel}
        options={[
          { value: 'none', label: words.noChannel },
          ...channels.map((value) => ({ value, label: channelWords[value] })),
        ]}
        values={chosen(shown, 'channel')}
      />
    </>
  );
}

function TransferFields(shown: Shown) {
  const words = setupText[shown.visit.language].recipient;
  return (
    <>
      <Field
        {...standing(shown, 'country')}
        label={words.country}
        hint={words.countryHint}
        autocomplete="off"
        width="short"
        maxlength={2}
        required
      />
      <Field
        {...standing(shown, 'transfer_tool')}
        label={words.transferTool}
        hint={words.transferToolHint}
        autocomplete="off"
        maxlength={200}
      />
      <Field
        {...standing(shown, 'transfer_until')}
        label={words.transferUntil}
        type="date"
        width="medium"
      />
    </>
  );
}

function AddressFields(shown: Shown) {
  const words = setupText[shown.visit.language].recipient;
  return (
    <>
      <Field
        {...standing(shown, 'notice_url')}
        label={words.noticeUrl}
        hint={words.noticeUrlHint}
        autocomplete="off"
        spellcheck={false}
        maxlength={500}
      />
      <Field
        {...standing(shown, 'erasure_url')}
        label={words.erasureUrl}
        hint={words.erasureUrlHint}
        autocomplete="off"
        spellcheck={false}
        maxlength={500}
      />
    </>
  );
}
