import { existsSync } from 'node:fs';
import path from 'node:path';
import { prepareDataFolder, readConfig, type Config } from '../config.ts';
import { openDatabases, type OpenDatabases } from '../database/databases.ts';
import { Problem } from '../problem.ts';
import { projectFolder } from '../project.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs `work` on the databases of the installation: those of the running server, else started for this command alone.
 *
 * @throws Problem `unavailable` if there is no installation yet; a command does not make one.
 */
export async function withDatabases<T>(
  terminal: Terminal,
  work: (config: Config, databases: OpenDatabases) => Promise<T>,
): Promise<T> {
  const config = readConfig(terminal.environment, projectFolder);
  if (!isInstalled(config)) {
    throw new Problem(
      'unavailable',
      `There is no installation in ${config.dataFolder} yet. Start the server once, or set VARSAM_DATA.`,
    );
  }
  prepareDataFolder(config);
  const databases = await openDatabases({ config, role: 'command' });
  try {
    return await work(config, databases);
  } finally {
    await databases.stop();
  }
}

function isInstalled(config: Config): boolean {
  const isExternal = Object.values(config.stores).some(({ kind }) => kind === 'external');
  return isExternal || existsSync(path.join(config.dataFolder, 'secrets'));
}
