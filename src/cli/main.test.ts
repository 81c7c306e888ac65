import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands } from './commands.ts';
import { runCommandLine } from './main.ts';
import type { Terminal } from './terminal.ts';

async function run(...args: string[]) {
  const out: string[] = [];
  const notes: string[] = [];
  const terminal: Terminal = {
    out: (line) => out.push(line),
    note: (line) => notes.push(line),
    environment: {},
    now: () => Temporal.Now.instant(),
    resolve: (file) => file,
  };
  const code = await runCommandLine(args, terminal);
  return { code, out: out.join('\n'), notes: notes.join('\n') };
}

test('help names every command on stdout', async () => {
  for (const args of [[], ['--help'], ['help']]) {
    const { code, out } = await run(...args);
    assert.equal(code, 0);
    for (const { name, summary } of commands) {
      assert.ok(out.includes(name));
      assert.ok(out.includes(summary));
    }
  }
});

test('every command explains itself', async () => {
  for (const { name } of commands) {
    const { code, out } = await run(...name.split(' '), '--help');
    assert.equal(code, 0);
    assert.match(out, new RegExp(`Usage: npm run -s varsam -- ${name}`));
  }
});

test('an unknown command is told on stderr with exit code 2', async () => {
  const { code, out, notes } = await run('forget-everything');
  assert.equal(code, 2);
  assert.equal(out, '');
  assert.match(notes, /There is no command "forget-everything"/);
  assert.equal((await run('help', 'forget-everything')).code, 2);
});

test('a flag that a command does not have is told with its usage and exit code 2', async () => {
  const { code, notes } = await run('schema', '--wriet');
  assert.equal(code, 2);
  assert.match(notes, /--wriet is not known here[^]*Usage: /);
});

test('the commands stand in the order of the alphabet', () => {
  const names = commands.map(({ name }) => name);
  assert.deepEqual(names, names.toSorted());
});
