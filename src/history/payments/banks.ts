import type { OwnerId, RowId } from '../../ids.ts';
import type { Vault } from '../../vault/vault.ts';
import type { BankWay } from './way.ts';

/** The banks that this installation has an agreement with; null where there is none. */
export type Banks = { readonly swish: BankWay | null; readonly card: BankWay | null };

export const noBanks: Banks = { swish: null, card: null };

/** What banks are told of where we are: the origin of the site, with https in production. */
export type BankSite = { readonly origin: string };

/**
 * Where a bank's page leads back to. It names the order and nothing else: a guest's code is never given to a bank.
 */
export function returnUrl({ origin }: BankSite, orderId: RowId): string {
  return `${origin}/paid/${orderId}`;
}

export function swishCallbackUrl({ origin }: BankSite, id: RowId): string {
  return `${origin}/callbacks/swish/${id}`;
}

/**
 * What Swish sends back with its callback. Computed, so that asking again is asking with the same words, and nothing has
 * to be kept: 32 hexadecimal characters.
 */
export function callbackSecretOf(vault: Vault, of: { owner: OwnerId; id: RowId }): string {
  const token = { owner: of.owner, row: of.id, secret: Buffer.alloc(0) };
  return vault.hashToken('callback of a bank', token).toString('hex').slice(0, 32);
}
