import { createHash } from 'node:crypto';
import { canonical } from '../ledger/log.ts';

export function sha256Of(value: unknown): Buffer {
  return createHash('sha256').update(canonical(value)).digest();
}

/** What stands in the cookie of who has read this wording. */
export function markOf(content: unknown): string {
  return sha256Of(content).subarray(0, 8).toString('hex');
}
