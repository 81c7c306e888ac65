import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ClusterName } from '../database/cluster.ts';
import { renderSchema } from '../database/schema.ts';
import { clusterNames, makeDatabase, startThrowAway } from '../database/throw-away.ts';
import { migrationsFolder } from '../project.ts';
import type { Terminal } from './terminal.ts';
import { parseArguments } from './arguments.ts';

export async function schema(args: readonly string[], terminal: Terminal): Promise<number> {
  const { words, flags } = parseArguments(args, { words: 1, flags: ['--write'] });
  const names = clusterNames.filter((name) => words.length === 0 || words[0] === name);
  if (names.length === 0) {
    terminal.note('The stores are called records and keys.');
    return 2;
  }
  const rendered = await renderAll(names);
  for (const [name, sql] of rendered) {
    if (!flags.has('--write')) {
      terminal.out(sql.trimEnd());
      continue;
    }
    const file = path.join(migrationsFolder(name), 'schema.sql');
    writeFileSync(file, sql);
    terminal.note(`Wrote ${file}`);
  }
  return 0;
}

async function renderAll(names: readonly ClusterName[]): Promise<[ClusterName, string][]> {
  const started = await startThrowAway();
  try {
    const rendered: [ClusterName, string][] = [];
    for (const name of names) {
      const connection = await makeDatabase(started.clusters[name], name, name);
      rendered.push([name, await renderSchema(connection)]);
    }
    return rendered;
  } finally {
    await started.stop();
  }
}
