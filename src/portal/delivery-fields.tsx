import type { Visit } from '../http/route.ts';
import { Field, TextArea } from '../pages/forms.tsx';
import { portalOrdersText } from '../text/portal-orders.ts';
import { errorOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import { lengths } from './order-fields.ts';

export type DeliveryFieldsProps = {
  readonly visit: Visit;
  readonly values: ReadonlyMap<string, string>;
  readonly faults: Faults;
};

/** Whom and where to deliver to, and a message; the same when ordering and when it changes. */
export function DeliveryFields(props: DeliveryFieldsProps) {
  const all = portalOrdersText[props.visit.language];
  const words = all.form;
  const of = (name: string) => ({
    name,
    value: props.values.get(name),
    error: errorOf(all.faults, props.faults, name),
  });
  return (
    <>
      <Field
        {...of('recipient_name')}
        label={words.name}
        autocomplete="name"
        maxlength={lengths.recipient_name}
        required
      />
      <Field
        {...of('street')}
        label={words.street}
        autocomplete="address-line1"
        maxlength={lengths.street}
        required
      />
      <Field
        {...of('postal_code')}
        label={words.postalCode}
        hint={words.postalCodeHint}
        autocomplete="postal-code"
        inputmode="numeric"
        width="short"
        required
      />
      <Field
        {...of('town')}
        label={words.town}
        autocomplete="address-level2"
        width="medium"
        maxlength={lengths.town}
        required
      />
      <TextArea
        {...of('message')}
        label={words.message}
        hint={words.messageHint}
        rows={3}
        maxlength={lengths.message}
      />
    </>
  );
}
