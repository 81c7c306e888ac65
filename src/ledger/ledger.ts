import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Keys, KeysTransaction } from '../database/keys.ts';
import { Problem } from '../problem.ts';
import { rawPublicKey, signCheckpoint, verifierKey, verifyCheckpoint } from './checkpoint.ts';
import { canonical, LedgerLog, sha256 } from './log.ts';
import type { Entry } from './log.ts';

/** What anybody needs to check, without us, that an entry stands in the signed log. */
export type LedgerProof = {
  readonly entry: string;
  readonly index: number;
  readonly inclusion: readonly string[];
  readonly checkpoint: string;
};

/** The log of what was stated and when: a Merkle tree in files, with signed checkpoints and one writer at a time. */
export type Ledger = {
  readonly log: LedgerLog;
  readonly verifierKey: string;
  /**
   * Appends durably and signs a new checkpoint; the same entry twice stands once. Who is in a transaction of the keys
   * store already gives it: asking for a second connection while holding one can leave everybody waiting for each other.
   */
  append(entry: Entry, at: Temporal.Instant, within?: KeysTransaction): Promise<number>;
  /** The same for many entries, under one new checkpoint; for who is in a transaction of the keys store. */
  appendAll(
    entries: readonly Entry[],
    at: Temporal.Instant,
    within: KeysTransaction,
  ): Promise<number[]>;
  prove(index: number): Promise<LedgerProof>;
  /** Is this receipt the one that the entry was written for? */
  states(index: number, receipt: unknown): boolean;
};

export async function openLedger(options: {
  folder: string;
  keys: Keys;
  signing: KeyObject;
  origin: string;
}): Promise<Ledger> {
  const log = await LedgerLog.open(options.folder);
  const publicKey = rawPublicKey(createPublicKey(options.signing));
  await assertCheckpointHolds(log, publicKey);
  return {
    log,
    verifierKey: verifierKey(options.origin, publicKey),
    append: (entry, at, within) =>
      within
        ? appendAsOnlyWriter(log, options, entry, at, within)
        : options.keys
            .transaction()
            .execute((tx) => appendAsOnlyWriter(log, options, entry, at, tx)),
    appendAll: (entries, at, within) => appendAllAsOnlyWriter(log, options, entries, at, within),
    prove: (index) => proveInclusion(log, publicKey, index),
    states: (index, receipt) => isEntryOf(log, index, receipt),
  };
}

async function appendAsOnlyWriter(
  log: LedgerLog,
  options: { signing: KeyObject; origin: string },
  entry: Entry,
  at: Temporal.Instant,
  tx: KeysTransaction,
): Promise<number> {
  const [index = log.size - 1] = await appendAllAsOnlyWriter(log, options, [entry], at, tx);
  return index;
}

async function appendAllAsOnlyWriter(
  log: LedgerLog,
  { signing, origin }: { signing: KeyObject; origin: string },
  entries: readonly Entry[],
  at: Temporal.Instant,
  tx: KeysTransaction,
): Promise<number[]> {
  await tx.selectFrom('keys.ledger_writer').select('size').forUpdate().executeTakeFirstOrThrow();
  const indexes = await log.appendAll(entries, at);
  const root = log.tree.root();
  await log.writeCheckpoint(signCheckpoint({ origin, size: log.size, root }, signing));
  await tx.updateTable('keys.ledger_writer').set({ size: log.size, root_hash: root }).execute();
  return indexes;
}

function isEntryOf(log: LedgerLog, index: number, receipt: unknown): boolean {
  if (index < 0 || index >= log.size) return false;
  const { kind, payload_sha256 } = log.parsedLine(index);
  return kind === 'done' && payload_sha256 === sha256(canonical(donePayload(receipt)));
}

/** What the ledger says of a receipt: the hash of its body. */
export function donePayload(receipt: unknown): { receipt_sha256: string } {
  return { receipt_sha256: sha256(canonical(receipt)) };
}

async function proveInclusion(
  log: LedgerLog,
  publicKey: Uint8Array,
  index: number,
): Promise<LedgerProof> {
  const note = await log.readCheckpoint();
  const checkpoint = note === null ? null : verifyCheckpoint(note, publicKey);
  if (note === null || checkpoint === null) throw wentBack('its checkpoint is missing');
  await log.refresh();
  return {
    entry: log.line(index),
    index,
    inclusion: log.tree
      .inclusionProof(index, checkpoint.size)
      .map((hash) => hash.toString('base64')),
    checkpoint: note,
  };
}

async function assertCheckpointHolds(log: LedgerLog, publicKey: Uint8Array): Promise<void> {
  const note = await log.readCheckpoint();
  if (note === null) return;
  const checkpoint = verifyCheckpoint(note, publicKey);
  if (checkpoint === null) throw wentBack('its checkpoint is not signed by the key in the keyring');
  // Another process may have appended since the log was read; its checkpoint is then newer.
  await log.refresh();
  if (checkpoint.size > log.size) throw wentBack('entries that were signed for are missing');
  if (!log.tree.root(checkpoint.size).equals(checkpoint.root)) {
    throw wentBack('its entries are not those that were signed for');
  }
}

function wentBack(what: string): Problem {
  return new Problem(
    'store-went-back',
    `The ledger cannot be used: ${what}. Restore the newest copy of the ledger folder.`,
  );
}
