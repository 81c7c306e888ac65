import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ClusterName } from './database/cluster.ts';

/** The folder of the checkout or installation: the one above this file that holds package.json. */
export const projectFolder: string = findProject(import.meta.dirname);

export function migrationsFolder(store: ClusterName): string {
  return path.join(projectFolder, 'migrations', store);
}

export function version(): string {
  const file = path.join(projectFolder, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function findProject(folder: string): string {
  if (existsSync(path.join(folder, 'package.json'))) return folder;
  const above = path.dirname(folder);
  if (above === folder) throw new Error('package.json is missing above the compiled code');
  return findProject(above);
}
