import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config.ts';
import { Problem } from '../problem.ts';

/** Looking must not make what it looks at. */
export function assertInstalled({ dataFolder, stores }: Config): void {
  const isExternal = Object.values(stores).some(({ kind }) => kind === 'external');
  if (isExternal || existsSync(path.join(dataFolder, 'secrets'))) return;
  throw new Problem(
    'unavailable',
    `There is no installation in ${dataFolder} yet. Start the server once, or set VARSAM_DATA.`,
  );
}
