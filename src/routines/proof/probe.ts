import type { Operation } from '../../operation.ts';
import { listCanaries } from '../canary/canary-rows.ts';
import type { Canary } from '../canary/canary-rows.ts';
import type { Seen } from './finding.ts';

/** A night may be missed, for an update for example; two may not. */
export const probeHours = 36;
const probesLookedAt = 10;
const nothing: Seen = { lookedAt: 0, found: [] };

/** P01: the latest probe customer signed in by password and by passkey, and not too long ago. */
export async function savedCredentialsSignIn(op: Operation): Promise<Seen> {
  const probes = await listCanaries(op, probesLookedAt);
  const [latest] = probes.filter(isTelling);
  if (latest === undefined) return nothing;
  const found = [
    ...(latest.state === 'failed' ? [failureOf(latest)] : []),
    ...(isTooOld(op, probes) ? [`routines.canary: none ended well for ${probeHours} hours`] : []),
  ];
  return { lookedAt: 2, found };
}

/** For P04 and P06: what the latest probe met on its way out, or afterwards when it was searched for. */
export async function probeOnItsWayOut(op: Operation): Promise<Seen> {
  const [latest] = (await listCanaries(op, probesLookedAt)).filter(isTelling);
  if (latest === undefined) return nothing;
  const isAbout = latest.step === 'close' || latest.step === 'erasure' || latest.step === 'search';
  const found = latest.state === 'failed' && isAbout ? [failureOf(latest)] : [];
  return { lookedAt: 1, found };
}

/** One that was cut off by a restart says nothing about the product. */
function isTelling({ state }: Canary): boolean {
  return state === 'well' || state === 'failed';
}

function isTooOld({ now }: Operation, probes: readonly Canary[]): boolean {
  const ended = probes.find(({ state }) => state === 'well')?.endedAt ?? null;
  return ended === null || now.since(ended).total('hours') > probeHours;
}

function failureOf({ canaryId, step }: Canary): string {
  return `routines.canary ${canaryId}: failed at ${step}`;
}
