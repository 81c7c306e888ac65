import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { begin } from '../begin.ts';
import { readConfig } from '../config.ts';
import { holderOf } from '../database/server-lock.ts';
import { openKysely } from '../database/pool.ts';
import type { KeysTables } from '../database/keys.ts';
import { openInstallation } from '../installation.ts';
import { takeNewerLedger } from '../ledger/newer-ledger.ts';
import { Problem } from '../problem.ts';
import { projectFolder } from '../project.ts';
import { mend, planMending } from '../routines/restore-mending.ts';
import type { Mended, MendingPlan } from '../routines/restore-mending.ts';
import { orphanHours } from '../routines/retention.ts';
import { renewTokens } from '../vault/keyring.ts';
import { wentBack } from '../vault/setback.ts';
import { assertInstalled } from './installed.ts';
import { parseOptions } from './options.ts';
import type { Terminal } from './terminal.ts';

const words = 'I know what is lost';

/** Mends stores that went back in time, once an operator has read what that means. */
export async function confirm(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = parseOptions(args, { words: 0, flags: [], options: ['--ledger'] });
  const config = readConfig(terminal.environment, projectFolder);
  assertInstalled(config);
  if (holderOf(config.dataFolder)) throw new Problem('conflict', 'Stop the server first.');
  const newer = options.values('--ledger').at(-1);
  if (newer) await takeLedger(config.dataFolder, terminal.resolve(newer), terminal);
  const now = terminal.now();
  const installation = await openInstallation({ config, role: 'command', now, isMending: true });
  try {
    const { db, vault, databases } = installation;
    const keys = openKysely<KeysTables>(databases.keys.pool);
    const actor = { party: 'routine', routine: 'restore' } as const;
    const op = begin({ db, vault, actor, purpose: 'leaving', now });
    const plan = await planMending(op, keys);
    if (plan.setbacks.length === 0) {
      terminal.out('No store went back. There is nothing to confirm.');
      return 0;
    }
    assertLedgerIsNewest(plan);
    terminal.out(describe(plan));
    if (!(await isConfirmed())) {
      terminal.note('Nothing was changed.');
      return 1;
    }
    const mended = await mend(op, keys, plan, {
      voidTokens: () => renewTokens(path.join(config.dataFolder, 'keyring')),
      passed: () => undefined,
    });
    terminal.out(summary(mended));
    return 0;
  } finally {
    await installation.close();
  }
}

async function takeLedger(dataFolder: string, folder: string, terminal: Terminal): Promise<void> {
  const kept = await takeNewerLedger(path.join(dataFolder, 'ledger'), folder);
  terminal.note(kept ? `The ledger that was there is kept in ${kept}.` : 'The ledger is in place.');
}

/** Erasures that only the lost end of the ledger told of cannot be made up; they are in no store. */
function assertLedgerIsNewest({ setbacks }: MendingPlan): void {
  const ledger = setbacks.find(({ store }) => store === 'ledger');
  if (!ledger) return;
  throw new Problem(
    'store-went-back',
    `${wentBack([ledger]).detail} --ledger FOLDER with a newer copy of the folder ledger/. Without one this cannot be mended: its lost entries were signed, and customers hold receipts for them.`,
  );
}

function describe({ setbacks, fences, returned, orphans, keyless }: MendingPlan): string {
  return [
    'These stores went back in time:',
    ...setbacks.map(({ store, why }) => `  ${store}: ${why}`),
    'What will be done:',
    `  ${fences.length} keys that were destroyed since are destroyed again.`,
    `  ${returned.length} erased owners whose rows are back are erased again.`,
    '  What customers have stopped or allowed since holds again.',
    '  Everybody is signed out; every link, invitation and code that waits is void.',
    'What is lost, and stays lost:',
    `  Everything that was written after the copy was made, in a store that went back.`,
    `  ${orphans} keys have no records. They are destroyed when they are ${orphanHours} hours old; until then their addresses cannot have a new account.`,
    `  ${keyless} owners have records but no key: nobody can read what they stored.`,
  ].join('\n');
}

function summary({ erasedAgain, stopsAgain }: Mended): string {
  return `Mended: ${erasedAgain} owners erased again, ${stopsAgain} stops changed, everybody signed out. Start the server.`;
}

/** Asked on the terminal, typed by a person; a pipe that says the words will do for a drill. */
async function isConfirmed(): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await lines.question(`Type "${words}" to go on: `);
    return answer.trim() === words;
  } finally {
    lines.close();
  }
}
