// What the notice does not declare does not compile. Each line below is held against the compiler by `npm run check`
// and by the build that comes before every test: a rule that stopped holding leaves an expectation without an error.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CookieName } from '../src/policy/cookies.ts';
import { categories } from '../src/policy/categories.ts';
import type { CategoryName, FieldOf } from '../src/policy/categories.ts';
import type { KeepingName } from '../src/policy/keeping.ts';
import { notice } from '../src/policy/notice.ts';
import type { PromiseId } from '../src/policy/promises.ts';
import type { Purpose } from '../src/policy/purposes.ts';
import type { RecipientCategoryName } from '../src/policy/recipients.ts';
import type { Notice, PurposeDeclaration, RecipientCategory } from '../src/policy/shape.ts';
import type { BankWay, PaymentWish, RefundWish } from '../src/history/payments/way.ts';
import type { Disclosed } from '../src/recipients/disclosed.ts';
import type { MailEnvelope, Smtp } from '../src/messages/smtp.ts';
import type { Operation } from '../src/operation.ts';
import { holding } from '../src/vault/holding.ts';
import { mayOpen, mayReceive } from '../src/policy/rules.ts';

type Openings = PurposeDeclaration<CategoryName>;
type Givings = RecipientCategory<CategoryName, Purpose>;

// Values that are never used: only their types matter.
export const refused = [
  // @ts-expect-error -- reason: the notice names no such purpose
  'advertising' satisfies Purpose,
  // @ts-expect-error -- reason: the notice names no such category
  'location' satisfies CategoryName,
  // @ts-expect-error -- reason: the category has no such field
  'shoe_size' satisfies FieldOf<'history'>,
  // @ts-expect-error -- reason: the field belongs to another category
  'password_hash' satisfies FieldOf<'history'>,
  // @ts-expect-error -- reason: the notice names no such kind of recipient
  'data-broker' satisfies RecipientCategoryName,
  // @ts-expect-error -- reason: the notice names no such cookie
  '__Host-tracking' satisfies CookieName,
  // @ts-expect-error -- reason: the notice names no such time
  'for-ever' satisfies KeepingName,
  // @ts-expect-error -- reason: there is no such promise
  'P99' satisfies PromiseId,
  // @ts-expect-error -- reason: a purpose cannot open what is not declared
  { customer: ['location'] } satisfies Openings['opens'],
  // @ts-expect-error -- reason: nobody outside the list of parties acts
  { advertiser: ['history'] } satisfies Openings['opens'],
  // @ts-expect-error -- reason: a recipient cannot be given something for a purpose that is not declared
  { advertising: { history: ['town'] } } satisfies Givings['receives'],
  // @ts-expect-error -- reason: a recipient cannot be given a category that is not declared
  { order: { location: ['town'] } } satisfies Givings['receives'],
  // @ts-expect-error -- reason: every sentence stands in both languages
  { ...notice, clear: [{ sv: 'bara på svenska' }] } satisfies Notice<CategoryName, Purpose>,
];

export function refusedCalls(): void {
  // @ts-expect-error -- reason: an undeclared purpose cannot be asked for
  mayOpen('customer', 'advertising', 'history');
  // @ts-expect-error -- reason: an undeclared category cannot be asked for
  mayOpen('customer', 'order', 'location');
  // @ts-expect-error -- reason: an undeclared recipient cannot be asked for
  mayReceive('data-broker', 'order', 'history');
}

declare const smtp: Smtp;
declare const envelope: MailEnvelope;
declare const bank: BankWay;
declare const payment: PaymentWish;
declare const refund: RefundWish;
declare const op: Operation;

export async function refusedElsewhere(): Promise<void> {
  const declaration = {
    table: 'history.order',
    category: 'history',
    owners: ['account'],
    row: 'order_id',
    keep: 'account',
    clear: {},
    exported: true,
  } as const;
  holding({ ...declaration, sealed: { town: 'text' } });
  // @ts-expect-error -- reason: a field that the notice does not name cannot be sealed
  holding({ ...declaration, sealed: { shoe_size: 'text' } });
  // @ts-expect-error -- reason: only what has passed the gate can be sent
  await smtp.send(envelope);
  await smtp.send(envelope as Disclosed<MailEnvelope>);
  // @ts-expect-error -- reason: only what has passed the gate reaches a bank
  await bank.create(payment);
  // @ts-expect-error -- reason: only what has passed the gate reaches a bank
  await bank.refund(refund);
  const { db, vault, actor, purpose, now } = op;
  // @ts-expect-error -- reason: nobody makes an operation but begin()
  ({ db, vault, actor, purpose, now }) satisfies Operation;
}

test('what is declared does compile', () => {
  const declared = [
    'order' satisfies Purpose,
    'history' satisfies CategoryName,
    'town' satisfies FieldOf<'history'>,
    'supplier' satisfies RecipientCategoryName,
    '__Host-session' satisfies CookieName,
    'trace' satisfies KeepingName,
    'P04' satisfies PromiseId,
  ];
  assert.equal(declared.length, 7);
  assert.ok('town' in categories.history.fields);
});
