/** What is typed at the checkout under names of its own; answers and consents have the row's key behind theirs. */
const keptNames: ReadonlySet<string> = new Set([
  'order_id',
  'code',
  'email',
  'recipient_name',
  'phone',
  'street',
  'postal_code',
  'town',
  'message',
  'pay_way',
]);
const keptKinds = /^(?:answer|consent)-[\w-]{1,120}$/;

/** What was typed at the checkout, to be sent along unchanged: nothing of it is lost on the way to another page. */
export type Kept = readonly (readonly [name: string, value: string])[];

export function keptIn(form: ReadonlyMap<string, string>): Kept {
  return [...form].filter(([name]) => keptNames.has(name) || keptKinds.test(name));
}
