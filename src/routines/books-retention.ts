import { yearsDue } from '../bookkeeping/end-years.ts';
import type { Operation } from '../operation.ts';
import { endOwners } from './retention.ts';

/**
 * Destroys the keys of fiscal years whose books need not be kept any longer, and everything in them. Once a year's key is
 * gone the database lets its vouchers go (`bookkeeping.refuse_change`). Returns how many.
 */
export async function endBooks(op: Operation): Promise<number> {
  return endOwners(op, yearsDue);
}
