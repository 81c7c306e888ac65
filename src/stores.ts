import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Keys, KeysTables } from './database/keys.ts';
import { lookAtConnections, openKysely } from './database/pool.ts';
import type { Pool } from './database/pool.ts';
import type { Records, RecordsTables } from './database/records.ts';
import { newStoreId } from './ids.ts';
import { openLedger } from './ledger/ledger.ts';
import type { Ledger } from './ledger/ledger.ts';
import { LedgerLog } from './ledger/log.ts';
import { MerkleTree } from './ledger/merkle.ts';
import { Problem } from './problem.ts';
import { notice } from './policy/notice.ts';
import { Epochs, planWithoutBackups } from './vault/epochs.ts';
import type { EpochPlan } from './vault/epochs.ts';
import { createKeyring, hasKeyring, openKeyring } from './vault/keyring.ts';
import type { Keyring } from './vault/keyring.ts';
import { rootDestroyed } from './vault/mend-keys.ts';
import { OwnerKeys } from './vault/owner-keys.ts';
import { enter } from './vault/restore-gate.ts';
import { StoreWatch } from './vault/store-watch.ts';
import { Vault } from './vault/vault.ts';

export type StoreOptions = {
  readonly records: Pool;
  readonly keys: Pool;
  /** Holds `ledger/` and `keyring/`. */
  readonly folder: string;
  readonly sandbox: boolean;
  readonly now: Temporal.Instant;
  /**
   * A server passes the restore gate and counts its start; a command that looks at a running system, or mends stores
   * that went back, does not.
   */
  readonly role: 'server' | 'command';
  /** How long root keys and backups live; without it nothing is backed up. */
  readonly epochs?: EpochPlan;
  /** The age recipient for whom the keys of fiscal years are wrapped as well. */
  readonly recoveryRecipient?: string | null;
};

export type Stores = {
  readonly db: Records;
  readonly vault: Vault;
  readonly ledger: Ledger;
  readonly keyring: Keyring;
};

/**
 * Opens records, keys, ledger and keyring as one, or refuses with the mend: a part is missing, they do not belong
 * together, or one of them went back in time.
 */
export async function openStores(options: StoreOptions): Promise<Stores> {
  const db = openKysely<RecordsTables>(options.records);
  const keys = openKysely<KeysTables>(options.keys);
  const keyringFolder = join(options.folder, 'keyring');
  const isNew = await isNewInstallation(db, keys, options.folder);
  if (isNew && !hasKeyring(keyringFolder)) createKeyring(keyringFolder);
  const keyring = openKeyring(keyringFolder);
  if (isNew) await introduce(db, keys, keyring, options);
  await assertBelongTogether(db, keys, options.sandbox);
  await assertKeyringMatches(keys, keyring, join(options.folder, 'ledger'));
  const ledger = await openLedger({
    folder: join(options.folder, 'ledger'),
    keys,
    signing: keyring.signing,
    origin: ledgerOrigin(options.sandbox),
  });
  if (isNew || (await isBeforeFirstEntry(keys, ledger))) await noteStart(db, ledger, options.now);
  const gate = { records: db, keys, ledger };
  const watch = new StoreWatch(gate);
  if (options.role === 'server') {
    await enter(gate);
    await watch.begin();
    lookAtConnections(options.records, (client) => watch.admit('records', client));
    lookAtConnections(options.keys, (client) => watch.admit('keys', client));
  }
  const vault = new Vault({
    records: db,
    keys: new OwnerKeys(keys, keyring),
    ledger,
    epochs: new Epochs({
      keys,
      roots: keyring.roots,
      ledger,
      plan: options.epochs ?? planWithoutBackups,
    }),
    watch,
    isSandbox: options.sandbox,
    tokens: { lasting: keyring.tokens, voidable: keyring.voidableTokens },
    recoveryRecipient: options.recoveryRecipient ?? null,
  });
  return { db, vault, ledger, keyring };
}

/** The first entry: which installation this is the ledger of. */
async function noteStart(db: Records, ledger: Ledger, now: Temporal.Instant): Promise<void> {
  const { store_id } = await db
    .selectFrom('system.store')
    .select('store_id')
    .executeTakeFirstOrThrow();
  await ledger.append({ kind: 'started', payload: { store: store_id } }, now);
}

/** A first start can be cut off between the first entry and the checkpoint that signs for it. */
async function isBeforeFirstEntry(keys: Keys, { log }: Ledger): Promise<boolean> {
  const { size } = await keys
    .selectFrom('keys.ledger_writer')
    .select('size')
    .executeTakeFirstOrThrow();
  return size === 0 && log.size <= 1;
}

/** The name under which the ledger is signed. A sandbox can never sign like the company. */
export function ledgerOrigin(sandbox: boolean): string {
  const name = notice.controller.organisation_number;
  return sandbox ? `SANDBOX-${name}/varsam-ledger` : `${name}/varsam-ledger`;
}

/**
 * True while nobody has been stored yet: then a first start may begin, or finish after it was cut off. Later a missing
 * part is a loss, and is refused instead of being filled in.
 */
async function isNewInstallation(db: Records, keys: Keys, folder: string): Promise<boolean> {
  const owners = await db.selectFrom('vault.owner').select('owner_id').limit(1).execute();
  const withKeys = await keys.selectFrom('keys.owner').select('owner_id').limit(1).execute();
  const fences = await keys.selectFrom('keys.fence').select('owner_id').limit(1).execute();
  const isEmpty = owners.length + withKeys.length + fences.length === 0;
  const missing = await missingParts(db, keys, folder);
  if (missing.length === 0) return false;
  if (isEmpty && !hasFiles(join(folder, 'ledger', 'payloads'))) return true;
  throw new Problem(
    missing.includes('the keyring') ? 'keyring' : 'store-went-back',
    `${sentence(missing)} missing, while the rest of the installation is there. Restore it from its backup; Varsam never makes a new one beside old data.`,
  );
}

async function missingParts(db: Records, keys: Keys, folder: string): Promise<string[]> {
  const parts = {
    'the records store':
      (await db.selectFrom('system.store').select('store_id').execute()).length > 0,
    'the keys store':
      (await keys.selectFrom('system.store').select('store_id').execute()).length > 0,
    'the keyring': hasKeyring(join(folder, 'keyring')),
    'the ledger': hasFiles(join(folder, 'ledger', 'payloads')),
  };
  return Object.entries(parts)
    .filter(([, isThere]) => !isThere)
    .map(([name]) => name);
}

/** Writes into each part what it belongs to; the records store comes last, and what is there already stays. */
async function introduce(
  db: Records,
  keys: Keys,
  keyring: Keyring,
  { sandbox, now }: StoreOptions,
): Promise<void> {
  const known = await keys.selectFrom('system.store').select('store_id').executeTakeFirst();
  const store_id = known?.store_id ?? newStoreId();
  const store = { store_id, sandbox, start_counter: 0, applied_ledger: -1 };
  if (!known) {
    await keys.transaction().execute(async (tx) => {
      const root_fingerprint = keyring.fingerprints['epoch-1'] as Buffer;
      await tx
        .insertInto('keys.epoch')
        .values({ epoch: 1, root_fingerprint, began_at: now })
        .execute();
      await tx.insertInto('keys.long_lived').values(longLived(keyring)).execute();
      await tx
        .insertInto('keys.ledger_writer')
        .values({ size: 0, root_hash: new MerkleTree().root() })
        .execute();
      await tx.insertInto('system.store').values(store).execute();
    });
  }
  await db
    .insertInto('system.store')
    .values(store)
    .onConflict((conflict) => conflict.column('only_row').doNothing())
    .execute();
}

async function assertBelongTogether(db: Records, keys: Keys, sandbox: boolean): Promise<void> {
  const records = await db.selectFrom('system.store').selectAll().executeTakeFirstOrThrow();
  const store = await keys.selectFrom('system.store').selectAll().executeTakeFirstOrThrow();
  if (records.store_id !== store.store_id) {
    throw new Problem(
      'store-went-back',
      'The records store and the keys store belong to different installations. Put back the pair that belongs together.',
    );
  }
  if (records.sandbox !== sandbox || store.sandbox !== sandbox) {
    throw new Problem(
      'not-allowed',
      'A sandbox stays a sandbox, and production never becomes one. Use a new data folder.',
    );
  }
}

async function assertKeyringMatches(
  keys: Keys,
  keyring: Keyring,
  ledgerFolder: string,
): Promise<void> {
  const epochs = await keys
    .selectFrom('keys.epoch')
    .select(['epoch', 'root_fingerprint'])
    // An epoch without keys needs its root no more, whether it is destroyed already or about to be.
    .where('dropped_at', 'is', null)
    .execute();
  const named = await keys.selectFrom('keys.long_lived').selectAll().execute();
  const expected = [
    ...epochs.map((row) => [`epoch-${row.epoch}`, row.root_fingerprint] as const),
    ...named.map((row) => [row.name, row.fingerprint] as const),
  ];
  const wrong = expected.find(([name, print]) => !keyring.fingerprints[name]?.equals(print));
  if (wrong) {
    await assertRootNotDestroyed(wrong[0], ledgerFolder);
    throw new Problem(
      'keyring',
      `The key "${wrong[0]}" in the keyring is not the one these stores were made with. Restore the keyring that belongs to them.`,
    );
  }
}

/** A root that is missing because it was destroyed is no fault of the keyring: the keys store is too old to be opened. */
async function assertRootNotDestroyed(name: string, ledgerFolder: string): Promise<void> {
  const log = await LedgerLog.open(ledgerFolder);
  for (let index = 0; index < log.size; index += 1) {
    if (log.parsedLine(index).kind !== 'root-destroyed') continue;
    const payload = await log.payload(index);
    if (payload && 'epoch' in payload && `epoch-${payload.epoch}` === name)
      throw rootDestroyed(payload.epoch);
  }
}

function longLived(keyring: Keyring): { name: string; fingerprint: Buffer }[] {
  return Object.entries(keyring.fingerprints)
    .filter(([name]) => !name.startsWith('epoch-'))
    .map(([name, fingerprint]) => ({ name, fingerprint }));
}

function hasFiles(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).length > 0;
}

function sentence(parts: readonly string[]): string {
  const text = parts.join(' and ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)} ${parts.length === 1 ? 'is' : 'are'}`;
}
