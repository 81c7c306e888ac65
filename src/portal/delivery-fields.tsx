import type { Visit } from '../http/route.ts';
import { Field, TextArea } from '../pages/forms.tsx';
import { shopCheckoutText } from '../text/shop-checkout.ts';
import { errorOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import { lengths } from './order-fields.ts';
import type { DeliveryAsks } from './order-fields.ts';

export type DeliveryFieldsProps = {
  readonly visit: Visit;
  readonly values: { get(name: string): string | undefined };
  readonly faults: Faults;
  readonly asks: DeliveryAsks;
};

/** Who gets it, where it goes, and a message; the same when ordering and when it changes. */
export function DeliveryFields(props: DeliveryFieldsProps) {
  const { asks } = props;
  const all = shopCheckoutText[props.visit.language];
  const words = all.form;
  const of = standing(props);
  return (
    <>
      <Field
        {...of('recipient_name')}
        label={words.name}
        autocomplete="name"
        maxlength={lengths.recipient_name}
        required
      />
      {asks.phone && (
        <Field
          {...of('phone')}
          label={words.phone}
          hint={words.phoneHint}
          type="tel"
          inputmode="tel"
          autocomplete="tel"
          width="medium"
          maxlength={lengths.phone}
          required
        />
      )}
      {asks.address && <AddressFields {...props} />}
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

function AddressFields(props: DeliveryFieldsProps) {
  const words = shopCheckoutText[props.visit.language].form;
  const of = standing(props);
  return (
    <>
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
    </>
  );
}

function standing({ visit, values, faults }: DeliveryFieldsProps) {
  const words = shopCheckoutText[visit.language].faults;
  return (name: string) => ({
    name,
    value: values.get(name),
    error: errorOf(words, faults, name),
  });
}
