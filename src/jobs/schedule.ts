import { addressLinksOf, finishAddressChanges } from '../accounts/address-changes.ts';
import { noteReady } from '../availability/minutes.ts';
import type { Readiness } from '../availability/probes.ts';
import type { NightlyParts } from '../backup/nightly.ts';
import { advanceRefunds } from '../bookkeeping/refunds.ts';
import { lapseUnpaid } from '../history/lapse.ts';
import { askAboutPayments } from '../history/payments/ask-bank.ts';
import type { Banks } from '../history/payments/banks.ts';
import { noteRefundEnded } from '../history/refund-news.ts';
import { remind } from '../history/reminders.ts';
import { wrapYears } from '../bookkeeping/recovery.ts';
import { sendNext } from '../messages/outbox.ts';
import type { Sender } from '../messages/outbox.ts';
import type { Smtp } from '../messages/smtp.ts';
import { oneByOne } from '../one-by-one.ts';
import type { Operation } from '../operation.ts';
import type { Purpose } from '../policy/purposes.ts';
import { endFarewells } from '../routines/erasure-farewell.ts';
import { advanceErasure, erasuresDue } from '../routines/erasure.ts';
import { endKept } from '../routines/kept-retention.ts';
import { tellOfLetters } from '../routines/day-letters.ts';
import { endBooks } from '../routines/books-retention.ts';
import type { Surroundings } from '../routines/erasure-steps.ts';
import { proveAll } from '../routines/proof/prove.ts';
import type { ProofParts } from '../routines/proof/prove.ts';
import { advanceEpochs } from '../routines/epochs.ts';
import { prunePayloads } from '../routines/prune-ledger.ts';
import { closeAccounts, closeGuests, tellBeforeClosing } from '../routines/retention-accounts.ts';
import { closeMonths } from '../routines/roll-ups.ts';
import {
  endCases,
  endDays,
  endOrphans,
  settleDisclosures,
  sweep,
  sweepHours,
} from '../routines/retention.ts';
import { endStaff } from '../routines/staff-retention.ts';

export type RoutineParts = {
  readonly smtp: Smtp;
  readonly sender: Sender;
  /** Where the pages are, for links in letters. */
  readonly origin: string;
  readonly erasure: Surroundings;
  readonly proof: ProofParts;
  readonly ready: Readiness;
  readonly backup: NightlyParts;
  readonly banks: Banks;
};

export type Routine = {
  readonly name: string;
  /** What for: what this routine opens, it opens for this and nothing else. */
  readonly purpose: Purpose;
  readonly everySeconds: number;
  /** Returns how many things it did. Idempotent, and takes up what a crash left. */
  readonly run: (op: Operation, parts: RoutineParts) => Promise<number>;
};

const messagesMax = 100;
const day = 24 * 3600;

/**
 * Every routine and when it runs. What is due is a query in its domain; nothing is queued anywhere. What runs once a night and
 * brings much code with it is loaded when it runs.
 */
export const schedule: readonly Routine[] = [
  { name: 'send-mail', purpose: 'service-message', everySeconds: 2, run: sendMail },
  {
    name: 'payments',
    purpose: 'payment',
    everySeconds: 2,
    run: async (op, { banks, origin }) =>
      (await askAboutPayments(op, banks, { origin })) +
      (await advanceRefunds(op, banks, { origin }, noteRefundEnded)),
  },
  {
    name: 'lapse-orders',
    purpose: 'payment',
    everySeconds: 20,
    run: (op, { banks }) => lapseUnpaid(op, banks),
  },
  {
    name: 'reminders',
    purpose: 'reminder',
    everySeconds: 300,
    run: (op, { origin }) => remind(op, origin),
  },
  {
    name: 'address-changes',
    purpose: 'account',
    everySeconds: 60,
    run: (op, { origin }) => finishAddressChanges(op, addressLinksOf(origin)),
  },
  { name: 'erasures', purpose: 'leaving', everySeconds: 5, run: advanceErasures },
  {
    name: 'farewells',
    purpose: 'leaving',
    everySeconds: 5,
    run: (op, { erasure }) => endFarewells(op, erasure),
  },
  {
    name: 'end-kept',
    purpose: 'retention',
    everySeconds: (sweepHours * 3600) / 4,
    run: endKept,
  },
  { name: 'availability', purpose: 'proof', everySeconds: 60, run: noteAvailability },
  {
    name: 'settle-disclosures',
    purpose: 'service-message',
    everySeconds: 300,
    run: settleDisclosures,
  },
  { name: 'retention', purpose: 'retention', everySeconds: (sweepHours * 3600) / 4, run: sweep },
  { name: 'end-days', purpose: 'retention', everySeconds: (sweepHours * 3600) / 4, run: endDays },
  {
    name: 'end-cases',
    purpose: 'retention',
    everySeconds: (sweepHours * 3600) / 4,
    run: endCases,
  },
  {
    name: 'tell-of-letters',
    purpose: 'leaving',
    everySeconds: (sweepHours * 3600) / 4,
    run: (op, { erasure }) => tellOfLetters(op, erasure.tell),
  },
  {
    name: 'end-staff',
    purpose: 'retention',
    everySeconds: (sweepHours * 3600) / 4,
    run: endStaff,
  },
  {
    name: 'end-books',
    purpose: 'retention',
    everySeconds: (sweepHours * 3600) / 4,
    run: endBooks,
  },
  {
    name: 'end-orphans',
    purpose: 'retention',
    everySeconds: (sweepHours * 3600) / 4,
    run: endOrphans,
  },
  {
    name: 'tell-before-closing',
    purpose: 'keeping',
    everySeconds: (sweepHours * 3600) / 4,
    run: tellBeforeClosing,
  },
  {
    name: 'close-accounts',
    purpose: 'keeping',
    everySeconds: (sweepHours * 3600) / 4,
    run: (op, { origin, banks }) => closeAccounts(op, { origin, banks }),
  },
  {
    name: 'close-guests',
    purpose: 'keeping',
    everySeconds: (sweepHours * 3600) / 4,
    run: closeGuests,
  },
  { name: 'figures', purpose: 'retention', everySeconds: sweepHours * 3600, run: closeMonths },
  { name: 'recovery-keys', purpose: 'bookkeeping', everySeconds: 3600, run: wrapYears },
  { name: 'watch-stores', purpose: 'security', everySeconds: 60, run: watchStores },
  { name: 'epochs', purpose: 'retention', everySeconds: 300, run: (op) => advanceEpochs(op) },
  { name: 'prune-ledger', purpose: 'retention', everySeconds: day, run: prunePayloads },
  { name: 'canary', purpose: 'proof', everySeconds: 600, run: runProbe },
  {
    name: 'backup',
    purpose: 'security',
    everySeconds: 900,
    run: async (op, { backup }) => (await import('../backup/nightly.ts')).backUpNightly(op, backup),
  },
  {
    name: 'rehearsal',
    purpose: 'proof',
    everySeconds: 3600,
    run: async (op, { backup }) =>
      (await import('../backup/rehearsal-due.ts')).rehearseWhenDue(op, backup),
  },
  { name: 'proof', purpose: 'proof', everySeconds: day, run: prove },
];

/** A minute counts when the service could serve in it. */
async function noteAvailability(op: Operation, { ready }: RoutineParts): Promise<number> {
  if ((await ready()).length > 0) return 0;
  await noteReady(op.db, op.now);
  return 0;
}

async function sendMail(op: Operation, { smtp, sender }: RoutineParts): Promise<number> {
  let sent = 0;
  while (sent < messagesMax && (await sendNext(op, smtp, sender))) sent += 1;
  return sent;
}

async function advanceErasures(op: Operation, { erasure }: RoutineParts): Promise<number> {
  const due = await erasuresDue(op);
  return oneByOne(due, async (erasureId) => {
    await advanceErasure(op, erasureId, erasure);
    return true;
  });
}

async function watchStores(op: Operation): Promise<number> {
  await op.vault.watch.look();
  return 0;
}

async function prove(op: Operation, { proof }: RoutineParts): Promise<number> {
  const findings = await proveAll(op, proof);
  return findings.filter(({ status }) => status === 'broken').length;
}

async function runProbe(op: Operation, { proof, erasure }: RoutineParts): Promise<number> {
  const { runCanary } = await import('../routines/canary/canary.ts');
  return runCanary(op, { proof, clock: erasure.clock });
}
