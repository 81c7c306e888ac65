import type { Variant } from '../history/catalogue/items.ts';
import {
  changeStock,
  startCounting,
  stockMax,
  stopCounting,
} from '../history/catalogue/variants.ts';
import type { VariantKey } from '../history/catalogue/variants.ts';
import type { OwnVisit } from '../http/route.ts';
import type { FormError } from '../pages/choices.tsx';
import { Actions, Button, Field, Form } from '../pages/forms.tsx';
import { catalogueParts } from '../text/console-catalogue-parts.ts';
import { number } from '../text/format.ts';
import { wholeField } from './catalogue-fields.ts';

const countLengthMax = 6;

/** How many there are, and buttons that add to it or take from it: a number that stood on a page is never written. */
export function StockForm(props: {
  visit: OwnVisit;
  variant: Variant;
  action: string;
  error?: string | undefined;
}) {
  const { visit, variant, action, error } = props;
  const words = catalogueParts[visit.language].variants;
  const { stock } = variant;
  const typed = error === undefined ? undefined : visit.form.get('count');
  return (
    <Form action={action}>
      <p>{stock === null ? words.stockNobody : words.stockNow(number(stock, visit.language))}</p>
      <Field
        name="count"
        label={words.count}
        hint={stock === null ? words.beginHint : words.countHint}
        error={error}
        value={typed}
        inputmode="numeric"
        autocomplete="off"
        width="short"
        maxlength={countLengthMax}
        required
      />
      <Actions>
        {stock === null ? (
          <Button name="do" value="begin">
            {words.begin}
          </Button>
        ) : (
          <>
            <Button name="do" value="more">
              {words.more}
            </Button>
            <Button kind="secondary" name="do" value="fewer">
              {words.fewer}
            </Button>
            <Button kind="link" name="do" value="stop">
              {words.stop}
            </Button>
          </>
        )}
      </Actions>
    </Form>
  );
}

/** Does what the pressed button says. Null when it is done, else what is wrong. */
export async function takeStock(
  { op, form, language }: OwnVisit,
  key: VariantKey,
): Promise<FormError | null> {
  const words = catalogueParts[language].variants;
  const wrong = (text: string): FormError => ({ field: 'count', text });
  const pressed = form.get('do');
  if (pressed === 'stop') {
    await stopCounting(op, key);
    return null;
  }
  const parsed = wholeField(pressed === 'begin' ? 0 : 1, stockMax).safeParse(form.get('count'));
  if (!parsed.success) return wrong(words.faults.count.missing);
  if (pressed === 'begin') {
    return (await startCounting(op, key, parsed.data)) ? null : wrong(words.counted);
  }
  const by = pressed === 'fewer' ? -parsed.data : parsed.data;
  return (await changeStock(op, key, by)) ? null : wrong(words.tooFew);
}
