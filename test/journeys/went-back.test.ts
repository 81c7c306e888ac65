import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { projectFolder } from '../../src/project.ts';
import { runServer, startLive } from '../live.ts';
import type { Live } from '../live.ts';

const command = path.join(projectFolder, 'dist', 'src', 'cli', 'main.js');

let live: Live;

before(async () => {
  live = await startLive();
});
after(() => live.stop());

const stopped = 'select pg_terminate_backend(pid) from pg_stat_activity where usename = $1';

async function statusOf(path: string): Promise<number> {
  return (await fetch(`${live.origin}${path}`)).status;
}

test('a keys store that goes back under a running server: it serves nothing more, says so, and starts only when mended', async () => {
  assert.equal(await statusOf('/'), 200);
  await live.query('keys', 'update system.store set start_counter = start_counter - 1');
  await live.query('keys', stopped, ['varsam']);
  for (let attempt = 0; attempt < 100 && (await statusOf('/')) !== 503; attempt += 1)
    await fetch(`${live.origin}/sign-up`).then(() => new Promise((done) => setTimeout(done, 200)));
  assert.equal(await statusOf('/'), 503);
  assert.match(live.logs(), /"event":"store","store":"keys","change":"went-back"/);
  await live.end('SIGTERM');
  const refused = await runServer(live.dataFolder);
  assert.match(refused.notes, /The keys store went back in time: it has seen \d+ starts of \d+/);
  const unsure = confirmWith('yes');
  assert.equal(unsure.status, 1, unsure.stderr);
  assert.match(unsure.stdout, /keys: it has seen \d+ starts of \d+/);
  assert.equal((await runServer(live.dataFolder)).code, 1);
  const sure = confirmWith('I know what is lost');
  assert.equal(sure.status, 0, sure.stderr);
  assert.match(sure.stdout, /Mended: 0 owners erased again/);
  await live.restart();
  assert.equal(await statusOf('/'), 200);
  assert.match((await live.varsam('epochs')).out, /^epoch 1 .* keys$/m);
});

function confirmWith(words: string) {
  return spawnSync(process.execPath, [command, 'restore', 'confirm'], {
    input: `${words}\n`,
    encoding: 'utf8',
    env: { ...process.env, VARSAM_DATA: live.dataFolder },
  });
}
