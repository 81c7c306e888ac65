import type { Connection } from '../src/database/pool.ts';
import type { SwishOptions } from '../src/history/payments/swish.ts';
import type { OwnerId, RowId } from '../src/ids.ts';
import type { LeavingWish } from '../src/routines/erasure-ask.ts';

export type CrashJourney =
  | {
      readonly kind: 'ask';
      readonly owner: OwnerId;
      readonly code: string;
      /** With a last letter and a proof of purchase. */
      readonly keeps?: true;
    }
  | { readonly kind: 'advance'; readonly erasureId: RowId }
  | { readonly kind: 'farewells' }
  /** An order is placed, and its payment begun at a bank that the parent runs. */
  | ({ readonly kind: 'buy'; readonly owner: OwnerId; readonly orderId: RowId } & CrashSale)
  /** The routines of payments and of letters, once. Letters are lines of a file in the folder. */
  | ({ readonly kind: 'settle' } & CrashSale)
  | {
      readonly kind: 'routine';
      readonly routine:
        'end-days' | 'end-orphans' | 'close-accounts' | 'tell-before-closing' | 'epochs';
    }
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

export type CrashSale = { readonly swish: SwishOptions; readonly origin: string };

/** Where the letters of a process that dies are, in its folder: what a supplier said 250 to. */
export const lettersFile = 'letters';

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

/** What somebody wants who wants everything that there is on the way out. */
export const keepingWish: LeavingWish = {
  farewell: {
    receiptLink: 'http://localhost/receipt#CODE',
    proofLink: 'http://localhost/proof-of-purchase#CODE',
  },
  proof: {
    line: ({ quantity, description }) => `${quantity} × ${description}`,
    amount: (ore) => `${ore} öre`,
  },
};
