import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { findRunning } from '../src/database/cluster.ts';
import { openClient } from '../src/database/pool.ts';
import { readPassword } from '../src/database/secrets.ts';
import { administrator } from '../src/database/throw-away.ts';
import { newOwnerId } from '../src/ids.ts';
import { Problem } from '../src/problem.ts';
import { keyFingerprint, wrapKey } from '../src/vault/cipher.ts';
import type { Benchmark } from './benchmark.ts';
import { clock, openBenchInstallation } from './installation.ts';
import type { BenchInstallation } from './installation.ts';
import { comparedRates, interleave, timeOf } from './rounds.ts';

const keys = 20_000;
const batchSize = 2_000;
const rounds = 8;
const hoursOfAnEpoch = 7 * 24;
const msInASecond = 1_000;
const nothingCopied = {
  isRehearsed: () => Promise.resolve(true),
  isCopied: () => Promise.resolve(false),
};

/**
 * A whole epoch, from the new root key to the destroyed old one, with every key unwrapped and wrapped anew in batches
 * beside running requests, against one statement that copies the same bytes into the next partition, and the drop.
 */
export const epoch: Benchmark = {
  name: 'epoch',
  about: `${keys} keys wrapped under the next root against the bare SQL of the same rewrite`,
  target: 0.4,
  async run(progress) {
    await using installation = await openBenchInstallation();
    const client = await openKeysAdministrator(installation);
    try {
      await addKeys(installation, client);
      await client.query(baselineTable);
      const figures = await interleave(
        rounds,
        {
          before: async () => {
            await client.query('checkpoint');
          },
          ours: async (round) => rate(await timeOf(() => endEpoch(installation, round))),
          baseline: async (round) => rate(await timeOf(() => copyByHand(client, round + 1))),
        },
        progress,
      );
      return comparedRates(figures, 'keys/s');
    } finally {
      await client.end();
    }
  },
};

function rate(ms: number): number {
  return (keys * msInASecond) / ms;
}

/** Each round is a week later than the one before. */
async function endEpoch(installation: BenchInstallation, round: number): Promise<void> {
  const now = clock().add({ hours: hoursOfAnEpoch * (round + 1) });
  const op = installation.op({ party: 'routine', routine: 'epochs' }, 'retention', now);
  const done = await op.vault.epochs.advance(op, nothingCopied);
  if (done < keys) throw new Error('not every key was wrapped anew');
}

/** As the keys store has it: the same columns, keys and checks, without anybody else who could be in the way. */
const baselineTable = `
  create schema bench;
  create table bench.epoch (epoch integer primary key);
  insert into bench.epoch select n from generate_series(1, 100) n;
  create table bench.owner_key (
    owner_id uuid not null references keys.owner (owner_id),
    epoch integer not null references bench.epoch (epoch),
    wrapped bytea not null,
    fingerprint bytea not null,
    primary key (owner_id, epoch),
    constraint wrapped_is_one_key check (octet_length(wrapped) = 60),
    constraint fingerprint_is_16_bytes check (octet_length(fingerprint) = 16)
  ) partition by list (epoch);
  create table bench.owner_key_1 partition of bench.owner_key for values in (1);
  insert into bench.owner_key select owner_id, 1, wrapped, fingerprint from keys.owner_key;
  analyze keys.owner, keys.owner_key, bench.owner_key`;

async function copyByHand(client: Client, from: number): Promise<void> {
  const next = from + 1;
  await client.query(
    `create table bench.owner_key_${next} partition of bench.owner_key for values in (${next})`,
  );
  await client.query(
    `insert into bench.owner_key
     select owner_id, ${next}, wrapped, fingerprint from bench.owner_key where epoch = ${from}`,
  );
  await client.query(`drop table bench.owner_key_${from}`);
}

async function addKeys({ keyring }: BenchInstallation, client: Client): Promise<void> {
  const root = keyring.roots.open(1);
  for (let from = 0; from < keys; from += batchSize) {
    const rows = Array.from({ length: batchSize }, () => {
      const owner = newOwnerId();
      const key = randomBytes(32);
      return { owner, wrapped: wrapKey(root, owner, 1, key), fingerprint: keyFingerprint(key) };
    });
    const owners = rows.map(({ owner }) => owner);
    await client.query(
      'insert into keys.owner (owner_id, created_at) select o, now() from unnest($1::uuid[]) o',
      [owners],
    );
    await client.query(
      `insert into keys.owner_key (owner_id, epoch, wrapped, fingerprint)
       select o, 1, w, f from unnest($1::uuid[], $2::bytea[], $3::bytea[]) m(o, w, f)`,
      [owners, rows.map(({ wrapped }) => wrapped), rows.map(({ fingerprint }) => fingerprint)],
    );
  }
}

function openKeysAdministrator({ folder }: BenchInstallation): Promise<Client> {
  const port = findRunning(folder, 'keys');
  if (port === null) throw new Problem('unavailable', 'The keys store does not run.');
  const superuserPassword = readPassword(folder, 'keys', 'superuser');
  return openClient(administrator({ port, superuserPassword }, 'keys'));
}
