import type { Connection } from '../src/database/pool.ts';
import type { OwnerId, RowId } from '../src/ids.ts';

export type CrashJourney =
  | { readonly kind: 'ask'; readonly owner: OwnerId; readonly code: string }
  | { readonly kind: 'advance'; readonly erasureId: RowId }
  | { readonly kind: 'routine'; readonly routine: 'end-days' | 'end-orphans' | 'epochs' }
  | { readonly kind: 'request'; readonly email: string }
  | { readonly kind: 'change-address'; readonly owner: OwnerId; readonly token: string }
  | {
      readonly kind: 'undo-address';
      readonly token: string;
      readonly password: string;
      readonly newPassword: string;
    }
  | {
      readonly kind: 'confirm';
      readonly token: string;
      readonly name: string;
      readonly password: string;
    };

export type CrashOrder = {
  readonly records: Connection;
  readonly keys: Connection;
  readonly folder: string;
  readonly now: string;
  readonly journey: CrashJourney;
  /** Between the parts that the product names, or before every statement and every fsync. */
  readonly points: 'named' | 'every';
  /** The point to die at, counted from 1; 0 lives. */
  readonly dieAt: number;
};

export const crashVariable = 'VARSAM_TEST_CRASH';
