/** What the stand-in of Stripe accepts. It knows the parameters that we use and refuses every other. */
import { z } from 'zod';
import type { Reply } from './bank-door.ts';
import { parseForm } from './bank-form.ts';

const url = z.url({ protocol: /^https?$/ }).max(2_000);
const metadata = z.record(z.string().max(40), z.string().max(500)).default({});
const whole = z
  .string()
  .regex(/^-?\d{1,15}$/)
  .transform(Number);

const sessionShape = z.strictObject({
  mode: z.literal('payment'),
  allowed_payment_method_types: z.array(z.literal('card')).length(1),
  wallet_options: z.strictObject({ link: z.strictObject({ display: z.enum(['auto', 'never']) }) }),
  line_items: z
    .array(
      z.strictObject({
        quantity: z.literal('1'),
        price_data: z.strictObject({
          currency: z.literal('sek'),
          unit_amount: whole,
          product_data: z.strictObject({ name: z.string().min(1).max(250) }),
        }),
      }),
    )
    .length(1),
  success_url: url,
  cancel_url: url.optional(),
  client_reference_id: z.string().max(200).optional(),
  metadata,
  payment_intent_data: z.strictObject({ description: z.string().max(1_000).optional(), metadata }),
  locale: z.enum(['auto', 'sv', 'en']).default('auto'),
  expires_at: whole.optional(),
});

const refundShape = z.strictObject({
  payment_intent: z.string(),
  amount: whole.optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata,
});

export type SessionWish = z.infer<typeof sessionShape>;
export type RefundWish = z.infer<typeof refundShape>;

/** Stripe takes no less than 3 kr and no more than eight digits. */
const chargeOreMin = 300;
const chargeOreMax = 99_999_999;
const sessionSeconds = { min: 30 * 60, max: 24 * 60 * 60, default: 24 * 60 * 60 } as const;

/** The wish and when the session ends, in seconds since 1970; or why not. */
export function readSessionWish(
  body: string,
  nowSeconds: number,
): { readonly wish: SessionWish; readonly endsAt: number } | Reply {
  const wish = read(body, sessionShape);
  if ('status' in wish) return wish;
  const amount = wish.line_items[0]?.price_data.unit_amount ?? 0;
  if (amount < chargeOreMin) return refuse(400, 'amount_too_small', 'line_items');
  if (amount > chargeOreMax) return refuse(400, 'amount_too_large', 'line_items');
  const endsAt = wish.expires_at ?? nowSeconds + sessionSeconds.default;
  const seconds = endsAt - nowSeconds;
  if (seconds < sessionSeconds.min || seconds > sessionSeconds.max) {
    return refuse(400, undefined, 'expires_at');
  }
  return { wish, endsAt };
}

export function readRefundWish(body: string): RefundWish | Reply {
  return read(body, refundShape);
}

function read<T extends object>(body: string, shape: z.ZodType<T>): T | Reply {
  const parsed = shape.safeParse(parseForm(body));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const isUnknown = issue?.code === 'unrecognized_keys';
  const name = [...(issue?.path ?? []), ...(isUnknown ? issue.keys : [])].join('.');
  return refuse(400, isUnknown ? 'parameter_unknown' : 'parameter_invalid', name);
}

type ErrorType = 'invalid_request_error' | 'idempotency_error';

/** An error object as Stripe answers it. */
export function refuse(
  status: 400 | 401 | 404 | 409,
  code?: string,
  param?: string,
  type: ErrorType = 'invalid_request_error',
): Reply {
  const error = { type, message: `Refused: ${code ?? param ?? type}`, code, param };
  return { status, body: JSON.stringify({ error }) };
}
