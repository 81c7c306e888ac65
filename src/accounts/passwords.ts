import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import type { Algorithm } from '@node-rs/argon2';
import { Problem } from '../problem.ts';

// Memory and passes of the second choice of RFC 9106 (section 4), on one lane: several times what OWASP asks as a
// minimum. Until there is a second factor the password is all that guards an account, and a stolen hash with its key.
export const argon2Parameters = {
  // Argon2id; the library's name for it is a const enum, which this module system cannot read.
  algorithm: 2 as Algorithm,
  memoryCost: 65_536,
  timeCost: 3,
  parallelism: 1,
} as const;

/** In code points, as NIST SP 800-63B-4 counts them. */
export const passwordLengthMin = 12;
export const passwordLengthMax = 256;

/** A hash that no password has. Verified against where there is no account, so that time tells nothing. */
const decoy =
  '$argon2id$v=19$m=65536,t=3,p=1$dmFyc2FtIGRlY295IHNhbA$0000000000000000000000000000000000000000000';

const waitingMax = 200;
let running = 0;
const waiting: (() => void)[] = [];

/** @throws Problem `unavailable` when too many are signing in at once. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFC'), argon2Parameters));
}

/** `stored` null: takes as long as a real check, and is false. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const right = await inTurn(() =>
    verify(stored ?? decoy, password.normalize('NFC')).catch(() => false),
  );
  return right && stored !== null;
}

/** Each hash takes 64 MiB and a core for some sixty milliseconds: no more of them at once than cores, the rest waits. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= availableParallelism()) {
    if (waiting.length >= waitingMax) throw new Problem('unavailable', 'too many sign-ins at once');
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
