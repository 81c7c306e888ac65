import { setTimeout } from 'node:timers/promises';
import type { Operation } from '../../operation.ts';
import { promiseIds } from '../../policy/promises.ts';
import type { PromiseId } from '../../policy/promises.ts';
import { findingOf } from './finding.ts';
import type { Check, Finding, ProofParts } from './finding.ts';
import { accountsEndInTime } from './accounts-due.ts';
import { nothingLeavesUnwritten } from './disclosures.ts';
import { erasedIsGone, historyForgets } from './erased.ts';
import { booksAreKeptApart } from './books.ts';
import { controllerIsNamed } from './controller.ts';
import { cookiesAreThoseOfTheNotice } from './cookies.ts';
import { figuresAreNobodys } from './figures.ts';
import { nothingIsOverdue } from './overdue.ts';
import {
  recipientsAreInTheNotice,
  processorsHaveAgreements,
  controllersHaveNotices,
} from './recipients.ts';
import { savedCredentialsSignIn } from './probe.ts';
import { historyIsWhole } from './history.ts';
import { keepFinding } from './results.ts';
import { personalIsSealed } from './sealed.ts';
import { serviceIsSecure } from './security.ts';

export type { ProofParts } from './finding.ts';

/** The check of each promise. A promise without one says so honestly until its part of the product exists. */
export const checks: Readonly<Partial<Record<PromiseId, Check>>> = {
  P01: savedCredentialsSignIn,
  P02: personalIsSealed,
  P03: nothingLeavesUnwritten,
  P04: erasedIsGone,
  P05: historyIsWhole,
  P06: historyForgets,
  P07: cookiesAreThoseOfTheNotice,
  P11: serviceIsSecure,
  P12: nothingIsOverdue,
  P13: figuresAreNobodys,
  P14: accountsEndInTime,
  P15: recipientsAreInTheNotice,
  P16: processorsHaveAgreements,
  P17: controllersHaveNotices,
  P18: booksAreKeptApart,
  P19: controllerIsNamed,
};

const secondLookMs = 200;

/** Proves every promise against the running system and keeps the results for the notice page. */
export async function proveAll(
  op: Operation,
  parts: ProofParts,
  progress: (id: PromiseId) => void = () => undefined,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const id of promiseIds()) {
    progress(id);
    const finding = await prove(op, parts, id);
    await keepFinding(op, finding);
    findings.push(finding);
  }
  return findings;
}

export async function prove(op: Operation, parts: ProofParts, id: PromiseId): Promise<Finding> {
  const check = checks[id];
  if (!check) return { id, status: 'not yet checked', looked_at: 0, found: [] };
  const seen = await check(op, parts);
  if (seen.found.length === 0) return findingOf(id, seen);
  // The system moves while it is looked at: between two commits of an erasure something can stand where it soon will
  // not. What is really broken is still there a moment later.
  await setTimeout(secondLookMs);
  return findingOf(id, await check(op, parts));
}
