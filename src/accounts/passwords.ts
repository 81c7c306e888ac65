import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import type { Algorithm } from '@node-rs/argon2';
import { Turns } from './turns.ts';

// Memory and passes of the second choice of RFC 9106 (section 4), on one lane: several times what OWASP asks as a
// minimum. Where there is no second factor the password is all that guards an account, and a stolen hash with its key.
export const argon2Parameters = {
  // Argon2id; the library's name for it is a const enum, which this module system cannot read.
  algorithm: 2 as Algorithm,
  memoryCost: 65_536,
  timeCost: 3,
  parallelism: 1,
} as const;

/** In code points, as NIST SP 800-63B-4 (section 3.1.1.2) counts them; its minimum where nothing else is asked for. */
export const passwordLengthMin = 15;
export const passwordLengthMax = 256;

/** A hash that no password has. Verified against where there is no account, so that time tells nothing. */
const decoy =
  '$argon2id$v=19$m=65536,t=3,p=1$dmFyc2FtIGRlY295IHNhbA$0000000000000000000000000000000000000000000';

/** Each hash takes 64 MiB and a core for some sixty milliseconds: no more of them at once than cores, the rest waits. */
const turns = new Turns({ atOnce: availableParallelism(), waitingMax: 200 });

/** @throws Problem `unavailable` when too many are signing in at once. */
export function hashPassword(password: string): Promise<string> {
  return turns.take(() => hash(password.normalize('NFC'), argon2Parameters));
}

/** `stored` null: takes as long as a real check, and is false. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const right = await turns.take(() =>
    verify(stored ?? decoy, password.normalize('NFC')).catch(() => false),
  );
  return right && stored !== null;
}

/** True for a hash that was made more cheaply than hashes are made now: at the next sign-in it is made anew. */
export function isCheaperThanNow(stored: string): boolean {
  const found = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(stored);
  if (!found) return true;
  const [, memory, passes] = found;
  return Number(memory) < argon2Parameters.memoryCost || Number(passes) < argon2Parameters.timeCost;
}
