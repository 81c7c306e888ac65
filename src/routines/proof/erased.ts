import { endedYears } from '../../bookkeeping/end-years.ts';
import type { Operation } from '../../operation.ts';
import { tellingHours } from '../erasure-steps.ts';
import { lookEverywhere } from '../erasure-verify.ts';
import { erasureHorizon } from '../../vault/horizon.ts';
import type { FenceRow } from '../../vault/owner-keys.ts';
import type { ProofParts, Seen } from './finding.ts';
import { probeOnItsWayOut } from './probe.ts';
import { rehearsalShowedNobody } from './rehearsed.ts';

/** Longer than a recipient may stay silent, an erasure must not take. */
const overdueHours = tellingHours + 1;
/** How far back each proof looks for traces of the erased. */
const windowDays = 90;
/** Horizons looked at, the oldest first: those are the ones that can be late. */
const horizonsMax = 200;

function windowOf(op: Operation): Temporal.Instant {
  return op.now.subtract({ hours: windowDays * 24 });
}

/** P04: of everybody who was erased there is a fence in the ledger, and nothing else anywhere. */
export async function erasedIsGone(op: Operation, { logFolder }: ProofParts): Promise<Seen> {
  const fences = await fencesOfErased(op);
  const ids = fences.map(({ owner }) => owner);
  const { lookedAt, found } = await lookEverywhere(op, { ids, strings: [] }, logFolder);
  const unwritten = [];
  for (const fence of fences) {
    if (!(await op.vault.isFenceInLedger(fence)))
      unwritten.push(`keys.fence ${fence.owner}: not in the ledger`);
  }
  const others = [await probeOnItsWayOut(op), await rehearsalShowedNobody(op)];
  return {
    lookedAt: lookedAt + fences.length + others.reduce((sum, other) => sum + other.lookedAt, 0),
    found: [
      ...found,
      ...others.flatMap((other) => other.found),
      ...(await lateHorizons(op)),
      ...unwritten,
      ...(await stuckErasures(op)),
      ...(await unprovenErasures(op)),
      ...(await tornFences(op)),
      ...(await keptSubjects(op)),
    ],
  };
}

/** P06: no order and no line of a log left behind points to an account that is closed. */
export async function historyForgets(op: Operation, { logFolder }: ProofParts): Promise<Seen> {
  const orphans = await op.db
    .selectFrom('history.order as o')
    .leftJoin('vault.owner as v', 'v.owner_id', 'o.owner_id')
    .select('o.order_id')
    .where('v.owner_id', 'is', null)
    .execute();
  const lines = await op.db
    .selectFrom('history.order_line as l')
    .leftJoin('history.order as o', (join) =>
      join.onRef('o.owner_id', '=', 'l.owner_id').onRef('o.order_id', '=', 'l.order_id'),
    )
    .select('l.line_id')
    .where('o.order_id', 'is', null)
    .execute();
  const held = await op.db
    .selectFrom('vault.held as h')
    .leftJoin('vault.owner as v', 'v.owner_id', 'h.held_id')
    .select('h.held_id')
    .where('v.owner_id', 'is', null)
    .execute();
  const ids = (await fencesOfErased(op)).map(({ owner }) => owner);
  const { lookedAt, found } = await lookEverywhere(op, { ids, strings: [] }, logFolder);
  const probe = await probeOnItsWayOut(op);
  return {
    lookedAt: lookedAt + probe.lookedAt + orphans.length + lines.length,
    found: [
      ...orphans.map(({ order_id }) => `history.order ${order_id}: its account is gone`),
      ...lines.map(({ line_id }) => `history.order_line ${line_id}: its order is gone`),
      ...held.map(({ held_id }) => `vault.held ${held_id}: the order that it held is gone`),
      ...probe.found,
      ...found.filter((place) => place.startsWith('history.') || place.startsWith('log ')),
    ],
  };
}

/**
 * Everybody who was erased, without those whose erasure is still on its way, and without fiscal years, which are nobody.
 * The fences are read first: an erasure that begins meanwhile is then not among them.
 */
async function fencesOfErased(op: Operation): Promise<FenceRow[]> {
  const fences = await op.vault.fences(windowOf(op));
  const subjects = await op.db
    .selectFrom('routines.erasure_subject as s')
    .innerJoin('routines.erasure as e', 'e.erasure_id', 's.erasure_id')
    .select('s.subject_id')
    .where('e.state', '<>', 'complete')
    .execute();
  const running = new Set(subjects.map(({ subject_id }) => subject_id));
  const years = await endedYears(op);
  return fences.filter(({ owner }) => !running.has(owner) && !years.has(owner));
}

/** What is complete has forgotten whom it erased. */
async function keptSubjects(op: Operation): Promise<string[]> {
  const rows = await op.db
    .selectFrom('routines.erasure_subject as s')
    .innerJoin('routines.erasure as e', 'e.erasure_id', 's.erasure_id')
    .select('e.erasure_id')
    .where('e.state', '=', 'complete')
    .execute();
  return rows.map(
    ({ erasure_id }) => `routines.erasure_subject ${erasure_id}: its erasure is complete`,
  );
}

/** Whom the ledger names as erased has a fence, or a key could be made again. */
async function tornFences(op: Operation): Promise<string[]> {
  const since = windowOf(op);
  const rows = await op.db
    .selectFrom('routines.erasure')
    .select(['erasure_id', 'fence_index'])
    .where('state', '=', 'complete')
    .where('asked_at', '>=', since)
    .execute();
  const fenced = new Set((await op.vault.fences(since)).map(({ ledgerIndex }) => ledgerIndex));
  return rows
    .filter(({ fence_index }) => !fenced.has(fence_index ?? -1))
    .map(({ erasure_id }) => `routines.erasure ${erasure_id}: its fence is gone`);
}

async function stuckErasures(op: Operation): Promise<string[]> {
  const rows = await op.db
    .selectFrom('routines.erasure')
    .select(['erasure_id', 'state'])
    .where('state', '<>', 'complete')
    .where('asked_at', '<', op.now.subtract({ hours: overdueHours }))
    .execute();
  return rows.map(({ erasure_id, state }) => `routines.erasure ${erasure_id}: still ${state}`);
}

/** Past the day that a receipt names, no copy of the key may be left that could be unwrapped. */
async function lateHorizons(op: Operation): Promise<string[]> {
  const rows = await op.db
    .selectFrom('routines.erasure as e')
    .innerJoin('routines.erasure_step as s', (join) =>
      join.onRef('s.erasure_id', '=', 'e.erasure_id').on('s.step', '=', 'fenced'),
    )
    .select(['e.erasure_id', 'e.fence_index', 's.at'])
    .where('e.state', '=', 'complete')
    .where('e.asked_at', '>=', windowOf(op))
    .orderBy('e.asked_at')
    .limit(horizonsMax)
    .execute();
  const late: string[] = [];
  for (const { erasure_id, fence_index, at } of rows) {
    const horizon = await erasureHorizon(op, at, fence_index ?? undefined);
    if (horizon.state === 'late') late.push(`routines.erasure ${erasure_id}: its horizon is late`);
  }
  return late;
}

/** Each complete erasure was verified first, and its receipt is the one in the ledger. */
async function unprovenErasures(op: Operation): Promise<string[]> {
  const rows = await op.db
    .selectFrom('routines.erasure as e')
    .leftJoin('routines.erasure_step as s', (join) =>
      join.onRef('s.erasure_id', '=', 'e.erasure_id').on('s.step', '=', 'verified'),
    )
    .select(['e.erasure_id', 'e.done_index', 'e.receipt', 's.step'])
    .where('e.state', '=', 'complete')
    .execute();
  return rows
    .filter(
      (row) => row.step === null || !op.vault.ledger.states(row.done_index ?? -1, row.receipt),
    )
    .map(({ erasure_id }) => `routines.erasure ${erasure_id}: complete without proof`);
}
