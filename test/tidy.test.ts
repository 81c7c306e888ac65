// The house rules that a machine can see. What a rule means is said in CONTRIBUTING.md.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { projectFolder } from '../src/project.ts';

type Source = { readonly file: string; readonly text: string };

const folders = ['src', 'test', 'bench', 'migrations', 'docs', 'deploy', '.ci'];
const sources = readSources();
const code = sources.filter(({ file }) => /\.tsx?$/.test(file));
const product = code.filter(({ file }) => file.startsWith('src/') && !isTest(file));

/** The places that may ask what time it is; everybody else is told. */
const clockPlaces = [/^src\/main\.ts$/, /^src\/jobs\//, /^src\/cli\//, /^src\/sandbox\//];
const clock = /\bDate\.now\(|\bnew Date\(\)|\bnew Date\b(?!\()|\bTemporal\.Now\b/;
const drawers =
  /(?:^|[/-])(?:utils?|helpers?|common|misc|shared|lib|managers?|services?)(?:[/.-]|$)/;
const otherRegistries =
  /registry\.npmjs\.org|registry\.yarnpkg\.com|npmmirror|artifactory|"resolved":/i;
const machinePaths = /(?<![\w.$}])\/(?:home|Users|root|work)\/[\w.-]+/;

function isTest(file: string): boolean {
  return /\.(?:test|fixture)\.tsx?$/.test(file);
}

function readSources(): Source[] {
  const inFolders = folders.flatMap((folder) => filesBelow(folder));
  const atTop = readdirSync(projectFolder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:md|json|mjs)$|^\.npmrc$/.test(entry.name))
    .map(({ name }) => name);
  return [...inFolders, ...atTop]
    .filter((file) => /\.(?:tsx?|mjs|sql|md|json|css|ya?ml)$|run$|npmrc$/.test(file))
    .map((file) => ({ file, text: readFileSync(path.join(projectFolder, file), 'utf8') }));
}

function filesBelow(folder: string): string[] {
  const at = path.join(projectFolder, folder);
  if (!existsSync(at)) return [];
  return readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(projectFolder, path.join(entry.parentPath, entry.name)));
}

/** Each line that a pattern finds, as `file:line text`. */
function found(among: readonly Source[], pattern: RegExp): string[] {
  return among.flatMap(({ file, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [],
      ),
  );
}

test('files are named in kebab-case, and none is a drawer for everything', () => {
  const strange = code.filter(({ file }) => {
    const name = path.basename(file);
    return !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.test|\.fixture)?\.tsx?$/.test(name);
  });
  assert.deepEqual(
    strange.map(({ file }) => file),
    [],
  );
  assert.deepEqual(
    code.map(({ file }) => file).filter((file) => drawers.test(file)),
    [],
  );
});

test('only the outermost places ask what time it is', () => {
  const told = product.filter(({ file }) => !clockPlaces.some((place) => place.test(file)));
  assert.deepEqual(found(told, clock), []);
});

test('no note about later work stands in the code without a reason that can be followed', () => {
  const marks = new RegExp(['TO', 'DO|FIX', 'ME|XX', 'X\\b|HA', 'CK\\b'].join(''));
  assert.deepEqual(found(code, marks), []);
});

test('nothing switches the compiler or the linter off without saying why', () => {
  const switched = found(code, /@ts-(?:ignore|nocheck|expect-error)|(?:oxlint|eslint)-disable/);
  assert.deepEqual(
    switched.filter((line) => !/(?:-- |: )\S+ \S+/.test(line.slice(line.indexOf(' ')))),
    [],
  );
});

test('markup is never printed without escaping', () => {
  const pattern = new RegExp(`${['dangerously', 'SetInnerHTML'].join('')}|\\.innerHTML\\b`);
  assert.deepEqual(found(product, pattern), []);
});

test('sql is built from values only as parameters, and names only where the catalogs or the holdings give them', () => {
  assert.deepEqual(found(product, /\bsql\.(?:raw|lit)\(/), []);
  const others = product.filter(({ file }) => !/^src\/(?:database|routines)\//.test(file));
  assert.deepEqual(found(others, /\bsql\.(?:ref|id|table)\(/), []);
});

test('the lockfile and the sources name no registry and no path of a machine', () => {
  const lockfile = {
    file: 'package-lock.json',
    text: readFileSync(path.join(projectFolder, 'package-lock.json'), 'utf8'),
  };
  const others = sources.filter(({ file }) => !file.endsWith('tidy.test.ts'));
  assert.deepEqual(found([...others, lockfile], otherRegistries), []);
  assert.deepEqual(found(others, machinePaths), []);
});

test('every dependency has an exact version', () => {
  const manifest = JSON.parse(
    readFileSync(path.join(projectFolder, 'package.json'), 'utf8'),
  ) as Record<string, Record<string, string>>;
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'];
  const loose = kinds.flatMap((kind) =>
    Object.entries(manifest[kind] ?? {}).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version),
    ),
  );
  assert.deepEqual(loose, []);
});

test('the linter sees an import against the direction, a long function, a long file and an any', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'varsam-test-'));
  try {
    cpSync(path.join(projectFolder, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'));
    symlinkSync(path.join(projectFolder, 'node_modules'), path.join(folder, 'node_modules'));
    const rules = Object.entries(offences).flatMap(([file, { text, rule }]) => {
      const at = path.join(folder, file);
      mkdirSync(path.dirname(at), { recursive: true });
      writeFileSync(at, text);
      const { stdout } = lint(folder, file);
      return stdout.includes(rule) ? [] : [`${file} passes: ${stdout}`];
    });
    assert.deepEqual(rules, []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const imports = 'no-restricted-imports';
const uses = (name: string, from: string) => `import { ${name} } from '${from}';\n${name}();\n`;
const offences: Record<string, { text: string; rule: string }> = {
  'src/policy/a.ts': { text: uses('seal', '../vault/seal.ts'), rule: imports },
  'src/database/b.ts': { text: uses('seal', '../vault/seal.ts'), rule: imports },
  'src/vault/c.ts': { text: uses('gate', '../recipients/gate.ts'), rule: imports },
  'src/ledger/d.ts': { text: uses('order', '../history/orders.ts'), rule: imports },
  'src/recipients/e.ts': { text: uses('send', '../messages/outbox.ts'), rule: imports },
  'src/history/f.ts': { text: uses('Hono', 'hono'), rule: imports },
  'src/accounts/g.ts': { text: uses('page', '../portal/page.tsx'), rule: imports },
  'src/settings/h.ts': { text: uses('begin', '../begin.ts'), rule: imports },
  'src/portal/i.ts': { text: uses('raw', 'hono/html'), rule: imports },
  'src/portal/j.ts': { text: 'export const a: any = 1;\n', rule: 'no-explicit-any' },
  'src/portal/k.ts': {
    text: `export function k() {\n${'  k();\n'.repeat(70)}}\n`,
    rule: 'max-lines-per-function',
  },
  'src/portal/l.ts': { text: 'export {};\n'.repeat(401), rule: 'max-lines' },
};

function lint(folder: string, ...files: string[]) {
  const oxlint = path.join(projectFolder, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [oxlint, '--deny-warnings', '--format=unix', ...files],
    { cwd: folder, encoding: 'utf8' },
  );
  return { stdout: `${stdout}${stderr}` };
}
