import * as accounts from './accounts/holdings.ts';
import * as books from './bookkeeping/holdings.ts';
import * as history from './history/holdings.ts';
import { departures, outbox } from './messages/outbox.ts';
import { disclosures, outcomes } from './recipients/disclosures.ts';
import { erasureCase, erasureReferences } from './routines/erasure-case.ts';
import { heldRecord, hold, holdOrder } from './routines/hold-holdings.ts';
import type { RecordsTables } from './database/records.ts';
import type { Holding } from './vault/holding.ts';
import { closing, keepingChoice } from './settings/holdings.ts';
import { held } from './vault/held.ts';
import { looks, stops } from './vault/looks.ts';

/**
 * Every table that holds personal data. Erasure deletes in this order, so a table stands before those that it refers
 * to. A test holds the list against the catalog of the database, in both directions.
 */
export const holdings: readonly Holding[] = [
  history.bookingSlot,
  history.booking,
  history.reversalLine,
  history.reversal,
  history.payment,
  history.receipt,
  history.orderEvent,
  history.orderLine,
  history.order,
  history.guest,
  held,
  books.refund,
  books.entry,
  books.voucher,
  books.opening,
  books.yearHold,
  books.sieExport,
  books.series,
  books.fiscalYear,
  outbox,
  departures,
  outcomes,
  disclosures,
  accounts.session,
  accounts.credential,
  accounts.passkey,
  accounts.recoveryCode,
  accounts.usedTicket,
  accounts.signup,
  accounts.attempt,
  accounts.recovery,
  accounts.addressChange,
  accounts.failure,
  accounts.knownNetwork,
  keepingChoice,
  closing,
  accounts.account,
  accounts.providerResource,
  accounts.engagement,
  accounts.invitation,
  accounts.staff,
  history.proofOfPurchase,
  heldRecord,
  holdOrder,
  hold,
  erasureReferences,
  erasureCase,
  looks,
  stops,
];

/** Tables with nothing personal in them, each with the reason. */
export const impersonal = {
  'system.store': 'what the store knows of itself',
  'system.mending': 'restores that were confirmed: times and counts',
  'vault.owner': 'random ids, kinds and times; the row goes with its owner',
  'history.item': 'the catalogue',
  'history.variant': 'the catalogue',
  'history.picture': 'the catalogue',
  'history.question': 'which fields of the notice are asked for, not the answers',
  'history.bookable': 'the catalogue',
  'history.skill': 'what resources can do',
  'history.resource':
    'people, rooms and things by public labels; who somebody is stands with the provider',
  'history.resource_skill': 'what resources can do',
  'history.need': 'what a booking takes',
  'history.opening': 'opening hours',
  'history.opening_exception': 'opening hours',
  'history.closed_day': 'holidays',
  'history.slot':
    'time that is taken, by nobody in particular: bookings say which slots are theirs',
  'history.terms': 'conditions of sale that were in force',
  'bookkeeping.ended_year': 'years whose books are gone: random ids and days',
  'bookkeeping.storage_report': 'when an authority was told where the books are',
  'recipients.recipient': 'companies and authorities',
  'recipients.agreement': 'dates of agreements',
  'routines.erasure': 'times, states and receipts that name nobody; refers to nobody once complete',
  'routines.erasure_step': 'times and counts',
  'routines.erasure_subject': 'random ids; the row goes when the erasure is complete',
  'routines.erasure_telling': 'which companies were told',
  'routines.canary': 'a probe that is nobody: a random word and how far it came',
  'routines.proof': 'results of checks: names of tables and ids of rows',
  'routines.run': 'when each routine ran',
  'routines.ready_day': 'minutes of each day in which the service was ready',
  'routines.security_event': 'kinds and times of what somebody should look at',
  'routines.figures_month': 'months whose figures have been computed',
  'routines.figure':
    'counts and sums of closed months, of five or more people none of whom stands out',
  'routines.backup': 'which archives were written, when, how large, and until when they live',
  'routines.rehearsal':
    'what was found when a backup was restored on trial: names of tables and counts',
  'settings.notice': 'wordings of the notice that were in force',
} as const satisfies Partial<Record<keyof RecordsTables, string>>;
