import assert from 'node:assert/strict';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isProblem } from './problem.ts';
import type { ProblemCode } from './problem.ts';
import { Installation } from './stores.fixture.ts';
import type { Part } from './stores.fixture.ts';
import { createKeyring } from './vault/keyring.ts';

const keyringFiles = [
  'long-lived/index-account-email.key',
  'long-lived/index-staff-email.key',
  'long-lived/ledger-signing.pem',
  'epochs/000001.key',
];

function refused(code: ProblemCode, ...words: readonly RegExp[]) {
  return (error: unknown) => {
    assert.ok(isProblem(error, code), String(error));
    for (const word of words) assert.match(error.detail, word);
    return true;
  };
}

async function started(): Promise<Installation> {
  const installation = await Installation.prepare();
  await installation.start();
  await installation.stop();
  return installation;
}

test('a first start makes everything, and the next ones open it', async () => {
  await using installation = await Installation.prepare();
  const first = await installation.start();
  const key = first.ledger.verifierKey;
  assert.equal(first.ledger.log.parsedLine(0).kind, 'started');
  for (let n = 0; n < 3; n += 1) {
    const next = await installation.start();
    assert.equal(next.ledger.verifierKey, key);
    assert.equal(next.ledger.log.size, 1);
  }
});

test('a missing keyring is told, and no new one is made beside old stores', async () => {
  await using installation = await started();
  rmSync(installation.keyring, { recursive: true });
  mkdirSync(installation.keyring);
  await assert.rejects(installation.start(), refused('keyring', /keyring is missing/i, /Restore/));
  assert.equal(existsSync(join(installation.keyring, 'long-lived')), false);
});

test('each file of the keyring is missed by its name', async () => {
  await using installation = await started();
  for (const file of keyringFiles.slice(0, 3)) {
    const path = join(installation.keyring, file);
    const text = readFileSync(path);
    rmSync(path);
    const name = new RegExp(file.split('/')[1] as string);
    await assert.rejects(installation.start(), refused('keyring', name, /missing/, /Restore/));
    writeFileSync(path, text, { mode: 0o600 });
  }
  rmSync(join(installation.keyring, 'epochs/000001.key'));
  await assert.rejects(installation.start(), refused('keyring', /epoch-1/, /Restore/));
});

test('a file of the keyring that others can read is refused with the command that mends it', async () => {
  await using installation = await started();
  for (const file of keyringFiles) {
    const path = join(installation.keyring, file);
    for (const mode of [0o604, 0o640, 0o644, 0o660]) {
      chmodSync(path, mode);
      await assert.rejects(
        installation.start(),
        refused('keyring', /can be read by others/, new RegExp(`chmod go-rwx .*${file}`)),
      );
    }
    chmodSync(path, 0o600);
  }
  await installation.start();
});

test('a damaged file of the keyring is refused by its name', async () => {
  await using installation = await started();
  for (const file of keyringFiles) {
    const path = join(installation.keyring, file);
    const text = readFileSync(path);
    for (const damaged of ['', 'abc\n', text.subarray(0, 40)]) {
      writeFileSync(path, damaged);
      const name = new RegExp(file.split('/')[1] as string);
      await assert.rejects(installation.start(), refused('keyring', name, /Restore/));
    }
    writeFileSync(path, text);
  }
  await installation.start();
});

test("another installation's keyring, or one key of it, does not pass", async () => {
  await using installation = await started();
  const own = join(installation.folder, 'own');
  const foreign = join(installation.folder, 'foreign');
  cpSync(installation.keyring, own, { recursive: true });
  createKeyring(foreign);
  for (const file of keyringFiles) {
    cpSync(join(foreign, file), join(installation.keyring, file));
    await assert.rejects(
      installation.start(),
      refused('keyring', /not the one these stores were made with/, /Restore/),
    );
    cpSync(join(own, file), join(installation.keyring, file));
  }
  await installation.start();
});

test('a part that is lost is named, and never begun anew beside the rest', async () => {
  for (const [part, name] of [
    ['records', /records store is missing/],
    ['keys', /keys store is missing/],
    ['ledger', /ledger is missing/],
  ] as const satisfies readonly [Part, RegExp][]) {
    await using installation = await Installation.prepare();
    const empty = part === 'ledger' ? null : await installation.copy(part);
    const { vault } = await installation.start();
    await vault.createKey({ now: installation.now } as never, crypto.randomUUID() as never);
    if (empty) await installation.putBack(part, empty);
    else rmSync(join(installation.folder, 'ledger'), { recursive: true });
    await assert.rejects(installation.start(), refused('store-went-back', name, /Restore/));
  }
});

test('stores of two installations do not start together', async () => {
  await using one = await started();
  await using other = await started();
  const keys = other.fresh.keys.connection;
  await other.stop();
  const foreign = new Installation({ ...one.fresh, keys: { ...one.fresh.keys, connection: keys } });
  await assert.rejects(
    foreign.start(),
    refused('store-went-back', /different installations/, /records/, /keys/),
  );
  await foreign.stop();
});

test('a sandbox stays a sandbox', async () => {
  await using installation = await started();
  const production = installation.start({ sandbox: false });
  await assert.rejects(production, refused('not-allowed', /sandbox/));
});

test('a first start that was cut off anywhere is finished by the next', async () => {
  const cuts: Record<string, (installation: Installation) => Promise<void> | void> = {
    'after the keyring': ({ keyring }) => createKeyring(keyring),
    'in the middle of the keyring': ({ keyring }) => {
      mkdirSync(join(`${keyring}.new`, 'epochs'), { recursive: true });
    },
    'before the records store': async (installation) => {
      await installation.start();
      await installation.stop();
      await installation.sql('records', 'delete from system.store');
      await installation.sql('keys', 'update system.store set start_counter = 0');
      await resetLedger(installation);
    },
    'before the ledger': async (installation) => {
      await installation.start();
      await unstart(installation);
      await resetLedger(installation);
    },
    'in the middle of the first entry': async (installation) => {
      await installation.start();
      await unstart(installation);
      await resetLedger(installation);
      const payloads = join(installation.folder, 'ledger', 'payloads', '000000');
      mkdirSync(payloads, { recursive: true });
      writeFileSync(join(payloads, '000000000.json'), '{"store":');
    },
    'before the first checkpoint': async (installation) => {
      await installation.start();
      await unstart(installation);
      for (const file of ['starts', 'checkpoint'])
        rmSync(join(installation.folder, 'ledger', file));
      const nothing = "'\\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'";
      await installation.sql(
        'keys',
        `update keys.ledger_writer set size = 0, root_hash = ${nothing}`,
      );
    },
  };
  for (const [name, cut] of Object.entries(cuts)) {
    await using installation = await Installation.prepare();
    await cut(installation);
    const { ledger } = await installation.start();
    assert.equal(ledger.log.size, 1, name);
    assert.equal(ledger.log.parsedLine(0).kind, 'started', name);
    assert.ok((await ledger.log.payload(0)) && (await ledger.prove(0)).checkpoint, name);
    await installation.start();
  }
});

async function unstart(installation: Installation): Promise<void> {
  await installation.stop();
  for (const store of ['records', 'keys'] as const) {
    await installation.sql(store, 'update system.store set start_counter = 0');
  }
}

/** As it was when only the folder had been made. */
async function resetLedger(installation: Installation): Promise<void> {
  rmSync(join(installation.folder, 'ledger'), { recursive: true });
  mkdirSync(join(installation.folder, 'ledger'), { mode: 0o700 });
  const nothing = "'\\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'";
  await installation.sql('keys', `update keys.ledger_writer set size = 0, root_hash = ${nothing}`);
}
