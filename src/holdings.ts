import * as accounts from './accounts/holdings.ts';
import * as history from './history/holdings.ts';
import { departures, outbox } from './messages/outbox.ts';
import { disclosures, outcomes } from './recipients/disclosures.ts';
import { erasureCase, erasureReferences } from './routines/erasure-case.ts';
import { heldRecord, hold, holdOrder } from './routines/hold-holdings.ts';
import type { RecordsTables } from './database/records.ts';
import type { Holding } from './vault/holding.ts';
import { closing, keepingChoice } from './settings/holdings.ts';
import { looks, stops } from './vault/looks.ts';

/**
 * Every table that holds personal data. Erasure deletes in this order, so a table stands before those that it refers
 * to. A test holds the list against the catalog of the database, in both directions.
 */
export const holdings: readonly Holding[] = [
  history.orderLine,
  history.order,
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
