import { z } from 'zod';
import { findCustomer } from '../accounts/customers.ts';
import { seeOther } from '../http/answers.ts';
import { emailField } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { FieldFault } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, Field, Form } from '../pages/forms.tsx';
import { customersText } from '../text/console-customers.ts';
import { consolePage } from './frame.tsx';

const searchForm = z.object({ email: emailField });

export function showSearch(visit: OwnVisit): Promise<Response> {
  return searchPage(visit, null);
}

/** Finds a customer by the whole address, which is posted so that it stands in no address line and no log. */
export async function takeSearch(visit: OwnVisit): Promise<Response> {
  const words = customersText[visit.language].search;
  const parsed = parseForm(searchForm, visit.form);
  if (!parsed.ok) return searchPage(visit, wordsFor(parsed.faults['email'], visit));
  const owner = await findCustomer(visit.op, parsed.value.email);
  return owner === null ? searchPage(visit, words.none) : seeOther(`/console/customers/${owner}`);
}

function searchPage(visit: OwnVisit, error: string | null): Promise<Response> {
  const words = customersText[visit.language].search;
  return consolePage(
    visit,
    { title: words.title, current: 'customers', status: error === null ? 200 : 422 },
    <>
      <ErrorSummary
        title={words.errorTitle}
        errors={error === null ? [] : [{ field: 'email', text: error }]}
      />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Form action="/console/customers">
        <Field
          name="email"
          label={words.email}
          hint={words.hint}
          type="email"
          inputmode="email"
          autocomplete="off"
          maxlength={254}
          spellcheck={false}
          required
          value={visit.form.get('email')}
          error={error ?? undefined}
        />
        <Button icon="search">{words.button}</Button>
      </Form>
    </>,
  );
}

function wordsFor(fault: FieldFault | undefined, { language }: OwnVisit): string {
  const words = customersText[language].search;
  if (fault === 'missing') return words.missing;
  return fault === 'too-long' ? words.tooLong : words.notAnAddress;
}
