import { z } from 'zod';
import type { ZodType } from 'zod';
import type { PayWay } from '../database/records-history.ts';
import { noAnswers } from '../history/answers.ts';
import type { Answers } from '../history/answers.ts';
import type { Delivery } from '../history/orders.ts';
import { comesToCustomer } from '../history/rule-words.ts';
import { emailField, optionalText } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { FieldFault, Parsed } from '../http/form.ts';
import type { IntakeField } from '../policy/intake.ts';
import type { BasketLine } from './basket.ts';
import { deliveryFields, deliveryOf } from './order-fields.ts';
import type { DeliveryAsks } from './order-fields.ts';

/** What is asked at the checkout; which of it depends on what is in the basket and on who orders. */
export type Needs = DeliveryAsks & {
  readonly email: boolean;
  readonly payWays: readonly PayWay[];
  readonly lines: readonly BasketLine[];
};

export type CheckoutFields = {
  /** Where a guest is written to; null for who has an account. */
  readonly email: string | null;
  readonly delivery: Delivery;
  readonly payWay: PayWay;
  /** What was answered for each row, by its key. */
  readonly answers: ReadonlyMap<string, Answers>;
};

export const answerLengthMax = 300;

const missing: { readonly error: FieldFault } = { error: 'missing' };

export function needsOf(
  lines: readonly BasketLine[],
  offers: readonly { readonly way: PayWay }[],
  buyer: { readonly isGuest: boolean },
): Needs {
  return {
    email: buyer.isGuest,
    phone: lines.some(({ item }) => item.kind !== 'product'),
    address: lines.some(({ item }) => comesToCustomer(item)),
    payWays: offers.map(({ way }) => way),
    lines,
  };
}

/** The name of the field with the answer to one question of one row. */
export function answerName(field: IntakeField, key: string): string {
  return `answer-${field}-${key}`;
}

export function parseCheckout(
  form: ReadonlyMap<string, string>,
  needs: Needs,
): Parsed<CheckoutFields> {
  const parsed = parseForm(schemaFor(needs), form);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  return {
    ok: true,
    value: {
      email: value['email'] ?? null,
      delivery: deliveryOf(value),
      payWay: value['pay_way'] as PayWay,
      answers: new Map(needs.lines.map((row) => [row.key, answersOf(row, value)])),
    },
  };
}

function answersOf(
  { item, key }: BasketLine,
  value: Readonly<Record<string, string | null>>,
): Answers {
  const answered = item.questions.map(({ field }) => [
    field,
    value[answerName(field, key)] ?? null,
  ]);
  return { ...noAnswers, ...(Object.fromEntries(answered) as Partial<Answers>) };
}

function schemaFor({ payWays, ...needs }: Needs): ZodType<Record<string, string | null>> {
  const isOffered = (way: string) => payWays.some((one) => one === way);
  const shape: Record<string, ZodType<string | null>> = {
    ...(needs.email && { email: emailField }),
    ...deliveryFields(needs),
    ...Object.fromEntries(needs.lines.flatMap(questionFields)),
    pay_way: z.string(missing).refine(isOffered, missing),
  };
  return z.object(shape);
}

function questionFields({ item, key }: BasketLine): [string, ZodType<string | null>][] {
  return item.questions.map(({ field, isRequired }) => {
    const text = optionalText(answerLengthMax);
    return [
      answerName(field, key),
      isRequired ? text.refine((answer) => answer !== null, missing) : text,
    ];
  });
}
