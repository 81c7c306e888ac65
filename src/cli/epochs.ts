import { begin } from '../begin.ts';
import { readConfig } from '../config.ts';
import { openInstallation } from '../installation.ts';
import type { Operation } from '../operation.ts';
import { projectFolder } from '../project.ts';
import { isEpochRehearsed, isRootCopied } from '../routines/epochs.ts';
import type { Epoch } from '../vault/epochs.ts';
import { parseArguments } from './arguments.ts';
import { assertInstalled } from './installed.ts';
import type { Terminal } from './terminal.ts';

type Line = {
  readonly epoch: number;
  readonly began: string;
  readonly keys: number;
  readonly dropped: string | null;
  readonly destroyed: string | null;
  readonly waits_for: string | null;
};

/** Shows every epoch of root keys, and what an old root still waits for. */
export async function epochs(args: readonly string[], terminal: Terminal): Promise<number> {
  const { flags } = parseArguments(args, { words: 0, flags: ['--json'] });
  const config = readConfig(terminal.environment, projectFolder);
  assertInstalled(config);
  const installation = await openInstallation({ config, role: 'command', now: terminal.now() });
  try {
    const { db, vault } = installation;
    const actor = { party: 'routine', routine: 'epochs' } as const;
    const op = begin({ db, vault, actor, purpose: 'retention', now: terminal.now() });
    const lines = await linesOf(op);
    terminal.out(flags.has('--json') ? JSON.stringify({ epochs: lines }) : table(lines));
    return 0;
  } finally {
    await installation.close();
  }
}

async function linesOf(op: Operation): Promise<Line[]> {
  const list = await op.vault.epochs.list();
  const counts = await op.vault.epochs.countKeys();
  return Promise.all(
    list.map(async (one) => ({
      epoch: one.epoch,
      began: one.beganAt.toString(),
      keys: counts.get(one.epoch) ?? 0,
      dropped: one.droppedAt?.toString() ?? null,
      destroyed: one.destroyedAt?.toString() ?? null,
      waits_for: await waitsFor(op, one, one === list.at(-1)),
    })),
  );
}

async function waitsFor(op: Operation, one: Epoch, isNewest: boolean): Promise<string | null> {
  if (isNewest || one.destroyedAt !== null) return null;
  if (one.droppedAt === null) return 'its keys to be wrapped anew';
  if (await isRootCopied(op, one.epoch)) return 'a copy of its root key to be removed';
  const isFree = op.vault.epochs.plan.keysBackups === 'none';
  if (isFree || (await isEpochRehearsed(op, one.epoch + 1))) return 'the next turn of the routine';
  return 'a backup of a newer epoch to be rehearsed';
}

function table(lines: readonly Line[]): string {
  return lines
    .map(({ epoch, began, keys, dropped, destroyed, waits_for }) =>
      [
        `epoch ${epoch}`,
        `began ${began}`,
        `${keys} keys`,
        ...(dropped ? [`partition dropped ${dropped}`] : []),
        ...(destroyed ? [`root destroyed ${destroyed}`] : []),
        ...(waits_for ? [`waits for ${waits_for}`] : []),
      ].join('  '),
    )
    .join('\n');
}
