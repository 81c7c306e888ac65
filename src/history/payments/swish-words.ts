/** How Swish wants things written: ids, sums, messages, and the ways into its app. */
import type { IncomingHttpHeaders } from 'node:http';
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { RowId } from '../../ids.ts';
import { parseJson } from './bank-request.ts';

const messageCharactersMax = 50;
const referenceCharactersMax = 35;
const callbackCharactersMax = 10_000;

/** Opens the app on the same phone. */
const appUrl = 'swish://paymentrequest';

/** `instructionUUID`: 32 upper-case hexadecimal digits. The same id always gives the same one. */
export function instructionOf(id: RowId): string {
  return id.replaceAll('-', '').toUpperCase();
}

/** Kronor with two decimals and a point. */
export function swishAmount(amountOre: number): string {
  const digits = String(amountOre).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Öre; undefined for what is no sum. Swish documents text, and some answers hold numbers. */
export function parseSwishAmount(amount: string | number): number | undefined {
  const found = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(String(amount));
  if (!found) return undefined;
  return Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
}

/**
 * At most 50 characters of Swish's alphabet. Older specifications allow no hyphen, so it goes too; of a letter that is
 * not there its base stays, as e of é.
 */
export function swishMessage(text: string): string {
  const letters = [...text.normalize('NFC')].map((letter) => {
    if (isInAlphabet(letter)) return letter;
    const base = letter.normalize('NFD').slice(0, 1);
    return isInAlphabet(base) ? base : ' ';
  });
  const tidy = letters.join('').replaceAll(/ +/g, ' ').trim();
  return tidy.slice(0, messageCharactersMax).trim();
}

function isInAlphabet(letter: string): boolean {
  return /^[a-zåäöA-ZÅÄÖ0-9 :;.,?!()"]$/.test(letter);
}

/** `payeePaymentReference`: the order number, in the alphabet that Swish takes; undefined when nothing of it is left. */
export function swishReference(number: string): string | undefined {
  const clean = number.replaceAll(/[^a-zA-Z0-9-]/g, '').slice(0, referenceCharactersMax);
  return clean === '' ? undefined : clean;
}

/** A link that opens the app on the phone that shows it and leads back afterwards. The sandbox has an `app` of its own. */
export function swishLink(token: string, returnUrl: string, app: string = appUrl): string {
  return `${app}?token=${encodeURIComponent(token)}&callbackurl=${encodeURIComponent(returnUrl)}`;
}

/** What a QR code must say for the app on another device. */
export function swishQrText(token: string): string {
  return `D${token}`;
}

export type SwishCallback = { readonly reference: string; readonly callbackIdentifier: string };

const callbackShape = z.object({ id: z.string().regex(/^[0-9A-F]{32}$/) });

/**
 * Which payment or refund a callback speaks of, and the secret it shows. What else it says is not looked at: anybody
 * can send one, so the bank is asked.
 */
export function parseSwishCallback(
  body: string,
  headers: Headers | IncomingHttpHeaders,
): SwishCallback | null {
  const identifier =
    headers instanceof Headers ? headers.get('callbackidentifier') : headers['callbackidentifier'];
  if (typeof identifier !== 'string' || !isCallbackSecret(identifier)) return null;
  if (body.length > callbackCharactersMax) return null;
  const parsed = callbackShape.safeParse(parseJson(body));
  if (!parsed.success) return null;
  return { reference: parsed.data.id, callbackIdentifier: identifier };
}

/** In constant time. */
export function isCallbackOf(callback: SwishCallback, callbackSecret: string): boolean {
  const given = Buffer.from(callback.callbackIdentifier);
  const expected = Buffer.from(callbackSecret);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export function isCallbackSecret(text: string): boolean {
  return /^[0-9A-Za-z-]{32,36}$/.test(text);
}
