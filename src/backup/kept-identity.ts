import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readSecret } from '../config.ts';
import { Problem } from '../problem.ts';

const publicKey = /^# public key: (age1[0-9a-z]+)$/m;
const secretKey = /^AGE-SECRET-KEY-1[0-9A-Z]+$/m;

/**
 * The recipient of an identity that lies in a file, which is made where it is missing. For sandboxes alone. Read from
 * the line that age-keygen writes as well, so that a start does not load the library for it.
 * @throws Problem `bad-input` for a file that does not say it
 */
export async function keptRecipient(file: string): Promise<string> {
  if (!existsSync(file)) await makeIdentity(file);
  const text = readSecret(file);
  const recipient = publicKey.exec(text)?.[1];
  if (recipient === undefined || !secretKey.test(text))
    throw new Problem('bad-input', `${file} is not an identity as age-keygen writes it.`);
  return recipient;
}

async function makeIdentity(file: string): Promise<void> {
  const { newIdentity } = await import('./age.ts');
  const { identity, recipient } = await newIdentity();
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, `# public key: ${recipient}\n${identity}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
