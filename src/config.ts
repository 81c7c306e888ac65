import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { backupPart, backupShape, sandboxBackup } from './backup-config.ts';
import type { BackupConfig } from './backup-config.ts';
import { canEnter, postgresIdentity } from './database/unprivileged.ts';
import type { ClientAddress } from './http/network.ts';
import { bankOptionsOf, noBankOptions, paymentsShape } from './payments-config.ts';
import type { BankOptionsOf } from './payments-config.ts';
import { eeaCountries } from './policy/rules.ts';
import { Problem } from './problem.ts';
import type { EpochPlan } from './vault/epochs.ts';

export type Mode = 'sandbox' | 'production';

/** A server that stores hold on to: embedded in the data folder, or an outside one reached by a URL in a file. */
export type StorePlace =
  | { readonly kind: 'embedded' }
  | {
      readonly kind: 'external';
      /** Holds a `postgres://` URL of the application's role. */
      readonly urlFile: string;
      /** Holds a URL of the owner of the database; without it migrations are applied by somebody else. */
      readonly administratorUrlFile: string | null;
    };

export type MailServer = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS is demanded. */
  readonly secure: boolean;
  readonly user: string | null;
  readonly passwordFile: string | null;
  readonly dkim: {
    readonly domain: string;
    readonly selector: string;
    readonly keyFile: string;
  } | null;
};

export type Regions = Readonly<Record<'records' | 'keys' | 'ledger' | 'backups', string>>;

export type Config = {
  readonly mode: Mode;
  /** 0 takes a free port, for tests. */
  readonly port: number;
  readonly dataFolder: string;
  /** Null in the sandbox: http://localhost and the port. */
  readonly origin: string | null;
  /** Null in the sandbox: its own mail server on loopback. */
  readonly smtp: MailServer | null;
  /** Where the proxy in front says who asks; null: nobody says, and limits by network are off. */
  readonly clientAddress: ClientAddress | null;
  readonly stores: Readonly<Record<'records' | 'keys', StorePlace>>;
  /** Where each store is, as `SE` or `SE/eu-north-1`; null in the sandbox. */
  readonly regions: Regions | null;
  /** The operator has said that records, keys and ledger may share a disk, and with it its snapshots. */
  readonly acceptsOneVolume: boolean;
  /** How long root keys live, and the backups that an erasure has to outlast. */
  readonly epochs: EpochPlan;
  /** Holds the token that whoever collects the metrics shows; null: they are not served. */
  readonly metricsTokenFile: string | null;
  /** The banks that payments go through; a way that is missing is not offered. The sandbox has its own. */
  readonly banks: BankOptionsOf;
  /** Null where nobody has said where backups go. */
  readonly backup: BackupConfig | null;
  /**
   * An age recipient for whom the key of each fiscal year is wrapped as well, so that the books outlive the keys store;
   * null where none is named, and in the sandbox, which makes an identity of its own.
   */
  readonly recoveryRecipient: string | null;
};

type Environment = Readonly<Record<string, string | undefined>>;

const defaultPort = 8080;
const sandboxMark = 'SANDBOX';

const text = z.string().min(1).max(500);
const country = /^([A-Z]{2})(?:\/[a-z0-9-]{1,60})?$/;
const region = z.string().refine((value) => eeaCountries.includes(country.exec(value)?.[1] ?? ''), {
  error: 'must be a country of the EU or the EEA, as SE or SE/eu-north-1',
});
const origin = z.url({ protocol: /^https$/ }).refine((value) => new URL(value).origin === value, {
  error: 'must be an https origin without a path, as https://konto.example.se',
});
const clientAddress = z.strictObject({
  header: z.string().regex(/^[a-z][a-z0-9-]{0,60}$/i, {
    error: 'must be the name of a header, as x-forwarded-for',
  }),
  hops: z.int().min(1).max(5),
});
const externalStore = z.strictObject({ urlFile: text, administratorUrlFile: text.optional() });

/**
 * A longer epoch would put off every erasure; a shorter one than a day leaves no time for a rehearsal. `keysBackups`
 * "none" is the operator's word that the keys store has no backups, so that no root key waits for a rehearsal.
 */
const epochsShape = z.strictObject({
  days: z.int().min(1).max(31).optional(),
  keysBackups: z.enum(['rehearsed', 'none']).optional(),
  keysBackupDays: z.int().min(1).max(31).optional(),
  recordsBackupDays: z.int().min(1).max(400).optional(),
});
const epochDays = 7;
const recordsBackupDays = 30;

const fileShape = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('sandbox'), port: z.int().min(0).max(65_535).optional() }),
  z.strictObject({
    mode: z.literal('production'),
    port: z.int().min(0).max(65_535).optional(),
    origin,
    smtp: z.strictObject({
      host: text,
      port: z.int().min(1).max(65_535),
      secure: z.boolean(),
      user: text.optional(),
      passwordFile: text.optional(),
      dkim: z.strictObject({ domain: text, selector: text, keyFile: text }).optional(),
    }),
    clientAddress: clientAddress.optional(),
    stores: z.strictObject({ records: externalStore, keys: externalStore }).optional(),
    regions: z.strictObject({ records: region, keys: region, ledger: region, backups: region }),
    accept: z.array(z.literal('all stores on one volume')).max(1).optional(),
    epochs: epochsShape.optional(),
    backup: backupShape.optional(),
    payments: paymentsShape.optional(),
    books: z.strictObject({ recoveryRecipient: text }).optional(),
    metricsTokenFile: text.optional(),
  }),
]);

type ConfigFile = z.infer<typeof fileShape>;

/**
 * The configuration from the environment (`PORT`, `VARSAM_DATA`, `VARSAM_CONFIG`) and the file that the last one
 * names. Nothing is created and no secret is read.
 *
 * @throws Problem `bad-input` with what is wrong and how to mend it.
 */
export function readConfig(environment: Environment, projectFolder: string): Config {
  const file = readFile(environment.VARSAM_CONFIG, projectFolder);
  return {
    ...productionParts(
      file,
      path.dirname(path.resolve(projectFolder, environment.VARSAM_CONFIG ?? '')),
    ),
    port: portFrom(environment.PORT) ?? file.port ?? defaultPort,
    dataFolder: chooseDataFolder(environment.VARSAM_DATA, projectFolder),
  };
}

/** The country of a region: `NL` of `NL/ams3`. */
export function countryOf(region: string): string {
  return country.exec(region)?.[1] ?? '';
}

/** The origin that links and cookies are for, once the port is known. */
export function originOf(config: Config, listeningPort: number): string {
  return config.origin ?? `http://localhost:${listeningPort}`;
}

/**
 * Makes the data folder and marks it for its mode. A folder that once was a sandbox stays one.
 *
 * @throws Problem `bad-input` when production is started with a sandbox folder or the other way round.
 */
export function prepareDataFolder(config: Config): void {
  const { dataFolder, mode } = config;
  const isNew =
    !existsSync(path.join(dataFolder, 'secrets')) && !existsSync(path.join(dataFolder, 'keyring'));
  makeFolder(dataFolder);
  const mark = path.join(dataFolder, sandboxMark);
  const marked = existsSync(mark);
  if (mode === 'production' && marked) {
    throw new Problem(
      'bad-input',
      `${dataFolder} belongs to a sandbox and can never serve production. Set VARSAM_DATA to a new folder.`,
    );
  }
  if (mode === 'sandbox' && !marked && !isNew) {
    throw new Problem(
      'bad-input',
      `${dataFolder} holds production data and does not start as a sandbox. Set VARSAM_CONFIG to the production configuration, or VARSAM_DATA to a new folder.`,
    );
  }
  if (mode === 'sandbox' && !marked) {
    writeFileSync(mark, 'This folder belongs to a sandbox for ever.\n', { mode: 0o644 });
  }
}

/** A secret from the file that the configuration names. Files that others can read are refused. */
export function readSecret(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found)
    throw new Problem('bad-input', `${file} does not exist. Put the secret there, mode 0600.`);
  if ((found.mode & 0o077) !== 0) {
    throw new Problem('bad-input', `${file} can be read by others. Run: chmod 600 ${file}`);
  }
  return readFileSync(file, 'utf8').trim();
}

function readFile(given: string | undefined, projectFolder: string): ConfigFile {
  if (given === undefined || given === '') return { mode: 'sandbox' };
  const file = path.resolve(projectFolder, given);
  const parsed = fileShape.safeParse(parseJson(file));
  if (parsed.success) return parsed.data;
  throw new Problem('bad-input', `${file}:\n${z.prettifyError(parsed.error)}`);
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const what = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new Problem('bad-input', `${file} (from VARSAM_CONFIG) ${what}.`, { cause: error });
  }
}

function productionParts(file: ConfigFile, folder: string): Omit<Config, 'port' | 'dataFolder'> {
  const embedded = { kind: 'embedded' } as const;
  if (file.mode === 'sandbox') {
    const stores = { records: embedded, keys: embedded };
    return {
      mode: 'sandbox',
      origin: null,
      smtp: null,
      clientAddress: null,
      stores,
      regions: null,
      acceptsOneVolume: true,
      // A sandbox is for trying: its roots die without a rehearsal, though not while a copy of them is kept.
      epochs: { ...epochPlan(undefined, sandboxBackup), keysBackups: 'none' },
      metricsTokenFile: null,
      banks: noBankOptions,
      backup: sandboxBackup,
      recoveryRecipient: null,
    };
  }
  const at = (name: string) => path.resolve(folder, name);
  const place = (store: z.infer<typeof externalStore> | undefined): StorePlace =>
    store
      ? {
          kind: 'external',
          urlFile: at(store.urlFile),
          administratorUrlFile: store.administratorUrlFile ? at(store.administratorUrlFile) : null,
        }
      : embedded;
  const backup = file.backup ? backupPart(file.backup, at) : null;
  return {
    mode: 'production',
    origin: file.origin,
    smtp: mailServer(file.smtp, at),
    clientAddress: file.clientAddress ?? null,
    stores: { records: place(file.stores?.records), keys: place(file.stores?.keys) },
    regions: file.regions,
    acceptsOneVolume: file.accept?.length === 1,
    epochs: epochPlan(file.epochs, backup),
    metricsTokenFile: file.metricsTokenFile ? at(file.metricsTokenFile) : null,
    banks: bankOptionsOf(file.payments ?? {}, at, readSecret),
    backup,
    recoveryRecipient: recoveryRecipient(file.books?.recoveryRecipient ?? null, backup),
  };
}

/** Somebody else's than those of backups: who opens an archive of records should not find the books open in it. */
function recoveryRecipient(given: string | null, backup: BackupConfig | null): string | null {
  const isOfBackups = Object.values(backup?.recipients ?? {}).includes(given ?? '');
  if (!isOfBackups) return given;
  throw new Problem(
    'bad-input',
    'books.recoveryRecipient is one of the recipients of backup: whoever can open that archive could read the books. Make an identity of its own.',
  );
}

/**
 * The safe way where nothing is said: roots wait for a rehearsal, and what could be restored is never lost. Copies that
 * are made by other means (snapshots, replicas) may live longer than our own archives; the longer of the two counts, since
 * that is what the notice and the receipts name.
 */
function epochPlan(
  given: z.infer<typeof epochsShape> | undefined,
  backup: BackupConfig | null,
): EpochPlan {
  const days = given?.days ?? epochDays;
  const copies = {
    keys: given?.keysBackupDays ?? (backup ? 0 : Math.min(days, epochDays)),
    records: given?.recordsBackupDays ?? (backup ? 0 : recordsBackupDays),
  };
  const plan: EpochPlan = {
    days,
    keysBackups: given?.keysBackups ?? 'rehearsed',
    keysBackupDays: Math.max(copies.keys, backup?.keysDays ?? 0),
    recordsBackupDays: Math.max(copies.records, backup?.recordsDays ?? 0),
  };
  if (plan.keysBackupDays <= days) return plan;
  throw new Problem(
    'bad-input',
    `Backups of the keys live ${plan.keysBackupDays} days, longer than an epoch. Set epochs.keysBackupDays and backup.keep.keysDays to at most ${days}.`,
  );
}

type SmtpFile = Extract<ConfigFile, { mode: 'production' }>['smtp'];

function mailServer(smtp: SmtpFile, at: (name: string) => string): MailServer {
  return {
    host: smtp.host,
    port: smtp.port,
    secure: smtp.secure,
    user: smtp.user ?? null,
    passwordFile: smtp.passwordFile ? at(smtp.passwordFile) : null,
    dkim: smtp.dkim ? { ...smtp.dkim, keyFile: at(smtp.dkim.keyFile) } : null,
  };
}

function portFrom(given: string | undefined): number | null {
  if (given === undefined || given === '') return null;
  const port = Number(given);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535 && /^\d+$/.test(given)) return port;
  throw new Problem('bad-input', 'PORT must be a number from 0 to 65535. Try PORT=8080.');
}

/**
 * `VARSAM_DATA`, or `data/` in the project. As root PostgreSQL runs as somebody else, who may be shut out from the
 * project: then the default is below /var/lib. A folder that was asked for is refused instead of exchanged.
 */
function chooseDataFolder(given: string | undefined, projectFolder: string): string {
  if (given !== undefined && given !== '') {
    const asked = path.resolve(projectFolder, given);
    if (isReachable(asked)) return asked;
    throw new Problem(
      'bad-input',
      `PostgreSQL does not run as root, and the user it runs as cannot enter ${asked}. Set VARSAM_DATA to a folder outside private home folders, or run Varsam as an ordinary user.`,
    );
  }
  const beside = path.join(projectFolder, 'data');
  if (isReachable(beside)) return beside;
  const name = createHash('sha256').update(projectFolder).digest('hex').slice(0, 8);
  return path.join('/var/lib/varsam', name);
}

function isReachable(folder: string): boolean {
  const existing = nearestExisting(folder);
  // The folder itself is opened as far as needed when it is prepared; those above it are not ours to open.
  const above = existing === folder ? path.dirname(folder) : existing;
  return canEnter(above, postgresIdentity(path.join(folder, 'records')));
}

function nearestExisting(folder: string): string {
  return existsSync(folder) ? folder : nearestExisting(path.dirname(folder));
}

function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true });
  const identity = postgresIdentity(path.join(folder, 'records'));
  if (first && identity) openTheWay(first, folder);
  chmodSync(folder, identity ? 0o711 : 0o700);
}

/** Folders just made above the data folder let the other user through, whatever the umask says. */
function openTheWay(first: string, folder: string): void {
  for (let at = path.dirname(folder); at.startsWith(first); at = path.dirname(at)) {
    chmodSync(at, 0o711);
  }
}
