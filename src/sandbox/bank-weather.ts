/** How the banks behave today. Money that moves over a network is told of late, twice, wrongly, or not at all. */

export const lineWeathers = {
  fair: 'Answers',
  slow: 'Answers, and takes its time',
  down: 'Cuts the line before it listens',
  failing: 'Answers 500, and does nothing',
  'lost answer': 'Makes the payment or refund, and its answer never comes',
  garbled: 'Does what it is asked, and answers with a page for people',
} as const;

export const callbackWeathers = {
  fair: 'Come once, when something has changed',
  lost: 'Never come',
  twice: 'Come twice',
  early: 'Come before the answer to the creation: paid at once',
  'out of order': 'Come in the wrong order',
  'wrong signature': 'Come, but not with the right secret',
} as const;

export const truthWeathers = {
  fair: 'Tells the truth',
  'wrong amount': 'Tells of one krona more',
  'other payment': 'Tells of another payment',
} as const;

export const refundWeathers = {
  fair: 'Are carried out',
  held: 'Stay under way until somebody decides',
  failing: 'Fail after they were accepted',
} as const;

export type BankWeather = {
  readonly line: keyof typeof lineWeathers;
  readonly callbacks: keyof typeof callbackWeathers;
  readonly truth: keyof typeof truthWeathers;
  readonly refunds: keyof typeof refundWeathers;
};

export const calm: BankWeather = {
  line: 'fair',
  callbacks: 'fair',
  truth: 'fair',
  refunds: 'fair',
};

export const bankWeathers = {
  line: lineWeathers,
  callbacks: callbackWeathers,
  truth: truthWeathers,
  refunds: refundWeathers,
} as const;

/** The weather that a form asks for; undefined when there is no such weather. */
export function bankWeatherIn(form: Readonly<Record<string, unknown>>): BankWeather | undefined {
  const { line, callbacks, truth, refunds } = form;
  if (!isKeyOf(lineWeathers, line) || !isKeyOf(callbackWeathers, callbacks)) return undefined;
  if (!isKeyOf(truthWeathers, truth) || !isKeyOf(refundWeathers, refunds)) return undefined;
  return { line, callbacks, truth, refunds };
}

function isKeyOf<T extends object>(choices: T, value: unknown): value is keyof T {
  return typeof value === 'string' && Object.hasOwn(choices, value);
}
