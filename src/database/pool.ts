import { readFileSync } from 'node:fs';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { Problem } from '../problem.ts';
import { PreparingClient } from './prepared.ts';

export type Pool = pg.Pool;
export type PoolClient = pg.PoolClient;

/** Where a database is and as whom to speak to it. */
export type Connection = {
  readonly host?: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** TLS with verification of the server; the file holds a certificate authority besides the system's. */
  readonly tls?: { readonly authorityFile: string | null };
};

export type PoolOptions = Connection & {
  /** How many connections at most. */
  readonly max?: number;
  readonly statementTimeoutMs?: number;
};

const connectionsMax = 10;
const statementTimeoutMs = 30_000;
const connectTimeoutMs = 5_000;
const idleTimeoutMs = 30_000;
const idleInTransactionTimeoutMs = 60_000;
const lockTimeoutMs = 15_000;
/** How long a request waits for a database that is just starting again. */
const patienceMs = 8_000;
const patiencePauseMs = 100;
/** For how long after a loss each connection is tried before it is handed out. */
const suspicionMs = 3_000;

const oid = { int8: 20, date: 1082, timestamptz: 1184 } as const;

/** Times as Temporal, counts as numbers: no value of a row is ever rounded or shifted silently. */
const rowTypes: pg.CustomTypesConfig = {
  getTypeParser: ((type: number, format?: 'text' | 'binary') => {
    if (format === 'binary') return pg.types.getTypeParser(type, format);
    switch (type) {
      case oid.int8:
        return parseInt8;
      case oid.date:
        return (text: string) => Temporal.PlainDate.from(text);
      case oid.timestamptz:
        return (text: string) => Temporal.Instant.from(text);
      default:
        return pg.types.getTypeParser(type, format);
    }
  }) as typeof pg.types.getTypeParser,
};

teachPostgresTemporal();

/**
 * A pool of connections that outlives the death of its server: what ran fails, and the next request waits a moment
 * for the server to come back instead of failing as well.
 */
export function openPool(options: PoolOptions): Pool {
  const pool = new PatientPool({
    ...clientConfig(options),
    Client: PreparingClient,
    max: options.max ?? connectionsMax,
    application_name: 'varsam',
    statement_timeout: options.statementTimeoutMs ?? statementTimeoutMs,
    lock_timeout: lockTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
    idleTimeoutMillis: idleTimeoutMs,
  });
  // A lost connection tells whoever waits for an answer on it. Without listeners it would end the process too.
  pool.on('error', () => pool.noteLoss());
  pool.on('connect', (client) => client.on('error', () => pool.noteLoss()));
  return pool;
}

/** Lets each new connection be looked at before it is used; who throws refuses it. */
export function lookAtConnections(pool: Pool, look: (client: PoolClient) => Promise<void>): void {
  const verify = (client: PoolClient, done: (error?: Error) => void) => {
    look(client).then(
      () => done(),
      (error: Error) => done(error),
    );
  };
  // pg-pool's own option, which its types leave out.
  Object.assign(pool.options, { verify });
}

export function openKysely<Tables>(pool: Pool): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/** One connection of its own, for migrations and other work of an administrator. The caller ends it. */
export async function openClient(connection: Connection): Promise<pg.Client> {
  const client = new pg.Client({
    ...clientConfig(connection),
    application_name: 'varsam administration',
  });
  client.on('error', ignoreLostConnection);
  await client.connect();
  return client;
}

function clientConfig(connection: Connection): pg.ClientConfig {
  const { host, port, user, password, database, tls } = connection;
  return {
    host: host ?? '127.0.0.1',
    port,
    user,
    password,
    database,
    ...(tls && { ssl: { rejectUnauthorized: true, ...authority(tls.authorityFile) } }),
    connectionTimeoutMillis: connectTimeoutMs,
    options: '-c TimeZone=UTC -c DateStyle=ISO',
    types: rowTypes,
  };
}

function authority(file: string | null): { ca?: string } {
  return file === null ? {} : { ca: readFileSync(file, 'utf8') };
}

/** True for errors that say nothing about the statement, only that the server went away or is not back yet. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && lossCodes.test(code)) return true;
  return lossMessages.test(error.message);
}

/** SQLSTATE class 08, the shutdown codes of class 57 (PostgreSQL, appendix A), and the socket's own. */
const lossCodes = /^(?:08...|57P01|57P02|57P03|ECONNREFUSED|ECONNRESET|EPIPE|ENOTCONN|ETIMEDOUT)$/;
/** What pg says without a code. */
const lossMessages =
  /^(?:Connection terminated|Client has encountered a connection error|timeout expired)/;

type ConnectCallback = Parameters<pg.Pool['connect']>[0];

class PatientPool extends pg.Pool {
  private lostAtMs = Number.NEGATIVE_INFINITY;

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | void {
    const connected = this.connectPatiently();
    if (!callback) return connected;
    connected.then(
      (client) => callback(undefined, client, (release) => client.release(release)),
      (error: Error) => callback(error, undefined, () => {}),
    );
  }

  private async connectPatiently(): Promise<pg.PoolClient> {
    for (let waitedMs = 0; ; waitedMs += patiencePauseMs) {
      try {
        return await this.connectToLiving();
      } catch (error) {
        if (this.ending || waitedMs >= patienceMs || !isComingBack(error)) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, patiencePauseMs));
    }
  }

  /** When one connection was just lost, others in the pool may be dead as well and not know it yet. */
  private async connectToLiving(): Promise<pg.PoolClient> {
    const client = await super.connect();
    if (performance.now() - this.lostAtMs > suspicionMs) return client;
    try {
      await client.query('select 1');
      return client;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  noteLoss(): void {
    this.lostAtMs = performance.now();
  }
}

/** The server is starting, recovering or being started again; nothing was sent, so trying again is safe. */
function isComingBack(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  if (
    code === '57P03' ||
    code === '57P02' ||
    code === '57P01' ||
    code === 'ECONNREFUSED' ||
    code === 'ECONNRESET'
  ) {
    return true;
  }
  return error instanceof Error && error.message.startsWith('Connection terminated unexpectedly');
}

function ignoreLostConnection(): void {}

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Problem('unavailable', 'a count is too large');
  return value;
}

/**
 * `toPostgres` is pg's documented hook for types of one's own. PostgreSQL keeps microseconds: the rest is cut off
 * rather than rounded, so that a time never lies after the one it was made from.
 */
function teachPostgresTemporal(): void {
  define(Temporal.Instant.prototype, function (this: Temporal.Instant) {
    return this.toString({ smallestUnit: 'microsecond' });
  });
  define(Temporal.PlainDate.prototype, function (this: Temporal.PlainDate) {
    return this.toString();
  });
}

function define(prototype: object, toPostgres: () => string): void {
  Object.defineProperty(prototype, 'toPostgres', { value: toPostgres, configurable: true });
}
