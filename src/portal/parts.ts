import type { Banks } from '../history/payments/banks.ts';
import type { RowId } from '../ids.ts';

/** What the customer pages need from the running server. */
export type PortalParts = {
  /** Takes an erasure to the point where nobody can read the account any more, and starts the rest of it. */
  readonly closing: (erasureId: RowId) => Promise<void>;
  /** The banks that payments go through. */
  readonly banks: Banks;
};
