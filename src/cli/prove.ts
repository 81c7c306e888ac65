import { begin } from '../begin.ts';
import { originOf, readConfig } from '../config.ts';
import type { Config } from '../config.ts';
import { openInstallation, proofPartsOf } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { promises } from '../policy/promises.ts';
import { ownPage } from './own-page.ts';
import { projectFolder } from '../project.ts';
import type { Finding } from '../routines/proof/finding.ts';
import { proveAll } from '../routines/proof/prove.ts';
import { parseArguments } from './arguments.ts';
import { assertInstalled } from './installed.ts';
import type { Terminal } from './terminal.ts';

/** Proves every promise against the running system, or against its stores when no server runs. */
export async function prove(args: readonly string[], terminal: Terminal): Promise<number> {
  const asJson = parseArguments(args, { words: 0, flags: ['--json'] }).flags.has('--json');
  const config = readConfig(terminal.environment, projectFolder);
  assertInstalled(config);
  const now = terminal.now();
  const installation = await openInstallation({ config, role: 'command', now });
  try {
    const findings = await look(installation, config, now, (id) => {
      if (!asJson) terminal.note(`Looking at ${id} …`);
    });
    terminal.out(asJson ? JSON.stringify({ promises: findings }) : table(findings));
    return findings.some(({ status }) => status === 'broken') ? 1 : 0;
  } finally {
    await installation.close();
  }
}

async function look(
  installation: Installation,
  config: Config,
  now: Temporal.Instant,
  progress: (id: string) => void,
): Promise<Finding[]> {
  const { db, vault } = installation;
  const actor = { party: 'routine', routine: 'proof' } as const;
  const op = begin({ db, vault, actor, purpose: 'proof', now });
  const origin = originOf(config, installation.serverPort ?? 0);
  const parts = proofPartsOf(config, origin, ownPage(installation, now));
  return proveAll(op, parts, progress);
}

function table(findings: readonly Finding[]): string {
  return findings
    .flatMap(({ id, status, looked_at, found }) => [
      `${id}  ${status.padEnd(16)} ${String(looked_at).padStart(6)} looked at  ${promises[id].en}`,
      ...found.map((place) => `       ${place}`),
    ])
    .join('\n');
}
