import { latestEngagement } from '../accounts/engagements.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { intakeFields } from '../policy/intake.ts';
import type { IntakeField } from '../policy/intake.ts';
import { isProblem } from '../problem.ts';
import { disclose, writeOutcome } from '../recipients/gate.ts';
import type { Handed } from '../recipients/gate.ts';
import { findRecipient, obstacleTo, today } from '../recipients/register.ts';
import { holdOwner } from '../vault/vault.ts';
import { booking, orderLine } from './holdings.ts';
import { isPerformingOver } from './performing-window.ts';
import type { ProviderBooking } from './provider-bookings.ts';

/** Why nothing about customers is handed to a provider today, whoever the customer is. */
export type ProviderObstacle = 'no-engagement' | 'no-agreement';

/** What a provider is told of one customer, for one booking. What was not asked or not answered is null. */
export type DisclosedBooking = {
  readonly recipientName: string;
  readonly phone: string | null;
  readonly message: string | null;
  /** Null unless the provider comes to the customer. */
  readonly address: Address | null;
  readonly description: string;
  readonly answers: readonly { readonly field: IntakeField; readonly answer: string }[];
};

export type Address = {
  readonly street: string | null;
  readonly postalCode: string | null;
  readonly town: string | null;
};

/**
 * What was handed out, or why not. Restrictions, a protected identity and an erasure are one answer: which of them it is
 * concerns nobody but the customer.
 */
export type BookingDisclosure =
  | { readonly kind: 'disclosed'; readonly content: DisclosedBooking }
  | { readonly kind: 'withheld'; readonly because: ProviderObstacle | 'customer' | 'over' };

/** What stands between a provider and all customers today; null when nothing does. Opens and writes nothing. */
export async function providerObstacle(
  op: Operation,
  provider: OwnerId,
): Promise<ProviderObstacle | null> {
  const found = await recipientOf(op, provider);
  return typeof found === 'string' ? found : null;
}

/**
 * Hands what a provider needs for a booking to the recipient that the provider works for, through the gate: the customer
 * sees what, to whom, when and why. What is asked of the gate depends on the item alone, because nothing is opened
 * before it is written down.
 * @throws Problem for what is no reason of provider, recipient or customer
 */
export async function discloseBooking(
  op: Operation,
  provider: OwnerId,
  found: ProviderBooking,
): Promise<BookingDisclosure> {
  if (isPerformingOver(found, op.now)) return { kind: 'withheld', because: 'over' };
  const recipient = await recipientOf(op, provider);
  if (typeof recipient === 'string') return { kind: 'withheld', because: recipient };
  try {
    const content = await handOut(op, recipient.recipientId, found);
    return { kind: 'disclosed', content };
  } catch (error) {
    if (isProblem(error, 'no-agreement', 'not-allowed'))
      return { kind: 'withheld', because: 'no-agreement' };
    if (isProblem(error, 'restricted', 'protected', 'fenced'))
      return { kind: 'withheld', because: 'customer' };
    throw error;
  }
}

/** The recipient that a provider works for, when it may be given anything today. */
async function recipientOf(
  op: Operation,
  provider: OwnerId,
): Promise<{ readonly recipientId: RowId } | ProviderObstacle> {
  const engagement = await latestEngagement(op, provider);
  if (engagement === null || engagement.endedAt !== null) return 'no-engagement';
  const recipient = await findRecipient(op.db, engagement.recipientId);
  const isPerformer = recipient?.category === 'performer';
  return isPerformer && obstacleTo(recipient, today(op.now)) === null ? recipient : 'no-agreement';
}

async function handOut(
  op: Operation,
  recipientId: RowId,
  found: ProviderBooking,
): Promise<DisclosedBooking> {
  const { isAtCustomer, asked } = await neededFor(op, found);
  const person = await handBooking(op, recipientId, found, isAtCustomer);
  try {
    const line = await handLine(op, recipientId, found, asked);
    await noteOutcome(op, found.owner, [person, line], 'accepted');
    return {
      ...person.content,
      description: line.content.description,
      answers: asked.flatMap((field) => {
        const answer = line.content[field];
        return answer === null ? [] : [{ field, answer }];
      }),
    };
  } catch (error) {
    // The half of it never reached the provider.
    await noteOutcome(op, found.owner, [person], 'refused');
    throw error;
  }
}

const personFields = ['recipient_name', 'phone', 'message'] as const;
const addressFields = ['street', 'postal_code', 'town'] as const;

async function handBooking(
  op: Operation,
  recipientId: RowId,
  { owner, bookingId }: ProviderBooking,
  isAtCustomer: boolean,
) {
  const { sealed } = await op.db
    .selectFrom('history.booking')
    .select('sealed')
    .where('owner_id', '=', owner)
    .where('booking_id', '=', bookingId)
    .executeTakeFirstOrThrow();
  return disclose(op, {
    to: { recipientId },
    owner,
    holding: booking,
    row: bookingId,
    sealed,
    fields: [...personFields, ...(isAtCustomer ? addressFields : [])],
    reference: bookingId,
    shape: ({ recipient_name, phone, message, street, postal_code, town }) => ({
      recipientName: recipient_name,
      phone,
      message,
      address: isAtCustomer ? { street, postalCode: postal_code, town } : null,
    }),
  });
}

/** The line says what was booked in the words that the customer read, and what was answered to the item's questions. */
async function handLine(
  op: Operation,
  recipientId: RowId,
  { owner, bookingId, orderId, lineId }: ProviderBooking,
  asked: readonly IntakeField[],
) {
  const { sealed } = await op.db
    .selectFrom('history.order_line')
    .select('sealed')
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .where('line_id', '=', lineId)
    .executeTakeFirstOrThrow();
  return disclose(op, {
    to: { recipientId },
    owner,
    holding: orderLine,
    row: lineId,
    sealed,
    fields: ['description', ...asked],
    reference: bookingId,
    shape: (personal) => personal,
  });
}

/** @throws Problem `fenced` when an erasure came first: then nothing is shown, and its removal takes the rows */
function noteOutcome(
  op: Operation,
  owner: OwnerId,
  handed: readonly Handed<object>[],
  outcome: 'accepted' | 'refused',
): Promise<void> {
  return inTransaction(op, async (write) => {
    await holdOwner(write, owner);
    for (const { disclosureId } of handed)
      await writeOutcome(write, { owner, disclosureId }, outcome);
  });
}

/**
 * What the item says is needed. A booking of a sensitive item does not say of which: then what is asked for any of the
 * sensitive ones, so that it can be performed at all and its row still tells nothing.
 */
async function neededFor({ db }: Operation, { itemId }: ProviderBooking) {
  const items = await db
    .selectFrom('history.item as i')
    .leftJoin('history.question as q', 'q.item_id', 'i.item_id')
    .select(['i.fulfilment', 'q.field'])
    .where('i.kind', '=', 'booking')
    .where((row) =>
      itemId === null ? row('i.sensitive', '=', true) : row('i.item_id', '=', itemId),
    )
    .execute();
  return {
    isAtCustomer: items.some(({ fulfilment }) => fulfilment === 'at-customer'),
    asked: intakeFields.filter((field) => items.some((item) => item.field === field)),
  };
}
