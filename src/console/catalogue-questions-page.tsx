import { changeQuestions } from '../history/catalogue/change-item.ts';
import type { KnownItem } from '../history/catalogue/known-items.ts';
import type { Question } from '../history/catalogue/items.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { Choices, ErrorSummary } from '../pages/choices.tsx';
import { Button, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { intake, intakeFields } from '../policy/intake.ts';
import type { IntakeField } from '../policy/intake.ts';
import { catalogueParts } from '../text/console-catalogue-parts.ts';
import { catalogueText } from '../text/console-catalogue.ts';
import { addressOf, itemOf } from './catalogue-item-page.tsx';
import { consolePage } from './frame.tsx';

const answers = ['no', 'may', 'must'] as const;
type Answer = (typeof answers)[number];
type Chosen = ReadonlyMap<IntakeField, Answer | null>;

/** Which of the questions that the notice allows are put with an item. */
export async function showQuestions(visit: OwnVisit): Promise<Response> {
  const item = await itemOf(visit);
  return questionsPage(visit, item, chosenOf(item));
}

export async function takeQuestions(visit: OwnVisit): Promise<Response> {
  const item = await itemOf(visit);
  const chosen: Chosen = new Map(
    intakeFields.map((field) => [
      field,
      answers.find((answer) => answer === visit.form.get(field)) ?? null,
    ]),
  );
  if ([...chosen.values()].includes(null)) return questionsPage(visit, item, chosen);
  const questions: Question[] = intakeFields
    .filter((field) => chosen.get(field) !== 'no')
    .map((field) => ({ field, isRequired: chosen.get(field) === 'must' }));
  await changeQuestions(visit.op, item.itemId, questions);
  return seeOther(`${addressOf(item)}?done=changed`);
}

function chosenOf({ questions }: KnownItem): Chosen {
  return new Map(
    intakeFields.map((field) => {
      const question = questions.find((one) => one.field === field);
      if (question === undefined) return [field, 'no'];
      return [field, question.isRequired ? 'must' : 'may'];
    }),
  );
}

function questionsPage(visit: OwnVisit, item: KnownItem, chosen: Chosen): Promise<Response> {
  const { language } = visit;
  const words = catalogueParts[language].questions;
  const wrong = intakeFields.filter((field) => chosen.get(field) === null);
  return consolePage(
    visit,
    { title: words.title, current: 'catalogue', status: wrong.length === 0 ? 200 : 422 },
    <>
      <ErrorSummary
        title={catalogueText[language].errorTitle}
        errors={wrong.map((field) => ({
          field,
          text: `${intake[field][language]}: ${words.fault}`,
        }))}
      />
      <BackLink href={addressOf(item)}>{item.name[language]}</BackLink>
      <h1>{words.heading(item.name[language])}</h1>
      <p class="lead">{words.lead}</p>
      <Form action={`${addressOf(item)}/questions`}>
        {intakeFields.map((field) => (
          <Choices
            name={field}
            legend={intake[field][language]}
            options={answers.map((value) => ({ value, label: words.choices[value] }))}
            values={[chosen.get(field) ?? '']}
            error={wrong.includes(field) ? words.fault : undefined}
          />
        ))}
        <Button>{words.save}</Button>
      </Form>
    </>,
  );
}
