import { setTimeout } from 'node:timers/promises';
import type { RowId } from '../../ids.ts';
import type { Operation } from '../../operation.ts';
import type { PromiseId } from '../../policy/promises.ts';
import { isProblem } from '../../problem.ts';
import { companyTimeZone } from '../../text/format.ts';
import { askErasure } from '../erasure-ask.ts';
import { lookEverywhere } from '../erasure-verify.ts';
import { erasureByCode } from '../erasure.ts';
import type { ProofParts } from '../proof/finding.ts';
import { prove } from '../proof/prove.ts';
import { keepFinding } from '../proof/results.ts';
import { newReceiptCode } from '../receipt-code.ts';
import {
  addressOf,
  beginCanary,
  endCanary,
  forgetOldCanaries,
  listCanaries,
  nameOf,
  noteErasure,
  noteStep,
} from './canary-rows.ts';
import type { Canary } from './canary-rows.ts';
import { travel } from './canary-journey.ts';

/** At night if there was one in the last day, and soon if there was none. */
const nightHours = { from: 2, until: 5 };
const soonestHours = 20;
const latestHours = 30;
/** A probe that has not asked to leave by then was cut off. */
const cutOffMinutes = 30;
/** An erasure that is not complete by then has failed. */
const erasureHours = 26;
const looksAtErasure = 30;
const pauseMs = 2_000;

export type CanaryParts = {
  readonly proof: ProofParts;
  readonly clock: () => Temporal.Instant;
  /** Waits a moment for the erasure to go on. */
  readonly pause?: () => Promise<unknown>;
};

/**
 * The probe customer: takes up what an earlier one left, and once a night lets a new one sign up, sign in both ways, look
 * around, leave and be searched for. It is an account like any other, so that it goes the way of every customer; its
 * address is reserved, so that nothing leaves for it, and its row says which erasure was its own.
 * @returns how many probes ended
 */
export async function runCanary(op: Operation, parts: CanaryParts): Promise<number> {
  let ended = 0;
  const earlier = await listCanaries(op, 20);
  for (const canary of earlier.filter(({ state }) => state === 'under-way')) {
    if (await takeUp(op, canary, parts)) ended += 1;
  }
  await forgetOldCanaries(op);
  if (isDue(op.now, earlier) && (await runOne(op, parts))) ended += 1;
  if (ended > 0) await proveWhatItShows(op, parts);
  return ended;
}

function isDue(now: Temporal.Instant, [latest]: readonly Canary[]): boolean {
  if (latest === undefined) return true;
  if (latest.state === 'under-way') return false;
  const hours = now.since(latest.beganAt).total('hours');
  const { hour } = now.toZonedDateTimeISO(companyTimeZone);
  const isNight = hour >= nightHours.from && hour < nightHours.until;
  return hours >= latestHours || (isNight && hours >= soonestHours);
}

async function runOne(op: Operation, parts: CanaryParts): Promise<boolean> {
  const canary = await beginCanary(op);
  try {
    const code = await travel(op, canary, {
      ...parts.proof,
      arrived: (step) => noteStep(op, canary.canaryId, step),
    });
    const erasure = await erasureByCode({ ...op, now: parts.clock() }, code);
    if (erasure === null) throw new Error('the probe left, and there is no erasure of it');
    await noteErasure(op, canary.canaryId, erasure.erasureId);
    return await follow(op, { ...canary, erasureId: erasure.erasureId }, parts);
  } catch (error) {
    await giveUp({ ...op, now: parts.clock() }, canary);
    throw error;
  }
}

/** Waits some turns for the erasure; what takes longer is taken up by the next run. */
async function follow(op: Operation, canary: Canary, parts: CanaryParts): Promise<boolean> {
  for (let looked = 0; looked < looksAtErasure; looked += 1) {
    if (await isErased(op, canary.erasureId)) return search(op, canary, parts);
    await (parts.pause ?? (() => setTimeout(pauseMs)))();
  }
  return false;
}

/** True when it has ended now, one way or the other. */
async function takeUp(op: Operation, canary: Canary, parts: CanaryParts): Promise<boolean> {
  const age = op.now.since(canary.beganAt);
  if (canary.erasureId === null) {
    if (age.total('minutes') < cutOffMinutes) return false;
    await eraseLeftover(op, canary);
    await endCanary(op, canary.canaryId, 'cut-off');
    return true;
  }
  if (await isErased(op, canary.erasureId)) return search(op, canary, parts);
  if (age.total('hours') < erasureHours) return false;
  await endCanary(op, canary.canaryId, 'failed');
  return true;
}

/** Looks for its address and its name in both stores and all logs. */
async function search(op: Operation, canary: Canary, parts: CanaryParts): Promise<boolean> {
  const now = { ...op, now: parts.clock() };
  await noteStep(now, canary.canaryId, 'search');
  const strings = [addressOf(canary), nameOf(canary)];
  const { found } = await lookEverywhere(now, { ids: [], strings }, parts.proof.logFolder);
  await endCanary(now, canary.canaryId, found.length === 0 ? 'well' : 'failed');
  return true;
}

/** What the failed one has is erased like that of a customer; its step stays, and says how far it came. */
async function giveUp(op: Operation, canary: Canary): Promise<void> {
  await endCanary(op, canary.canaryId, 'failed');
  await eraseLeftover(op, canary);
}

async function eraseLeftover(op: Operation, canary: Canary): Promise<void> {
  const owner = await op.vault.ownerOf({ kind: 'account-email', value: addressOf(canary) });
  if (owner === null) return;
  try {
    const erasureId = await askErasure(op, owner, newReceiptCode());
    await noteLeftover(op, canary.canaryId, erasureId);
  } catch (error) {
    // A key without an account belongs to a sign-up that was cut off and dies with those; the rest is leaving already.
    if (!isProblem(error, 'fenced', 'not-found')) throw error;
  }
}

async function noteLeftover(op: Operation, canaryId: RowId, erasure_id: RowId): Promise<void> {
  await op.db
    .updateTable('routines.canary')
    .set({ erasure_id })
    .where('canary_id', '=', canaryId)
    .execute();
}

async function isErased({ db }: Operation, erasureId: RowId | null): Promise<boolean> {
  if (erasureId === null) return false;
  const row = await db
    .selectFrom('routines.erasure')
    .select('state')
    .where('erasure_id', '=', erasureId)
    .executeTakeFirst();
  return row?.state === 'complete';
}

const shown: readonly PromiseId[] = ['P01', 'P04', 'P06'];

async function proveWhatItShows(op: Operation, { proof, clock }: CanaryParts): Promise<void> {
  const now = { ...op, now: clock() };
  for (const id of shown) await keepFinding(now, await prove(now, proof, id));
}
