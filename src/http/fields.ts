import { z } from 'zod';
import { passwordLengthMax, passwordLengthMin } from '../accounts/passwords.ts';
import type { FieldFault } from './form.ts';

const fault = (word: FieldFault) => ({ error: word });
/** What is earlier is a slip of the finger. */
const earliestYear = 1900;
// Control characters have no place in a line; U+202A to U+202E and U+2066 to U+2069 make text read in another order.
const unprintable = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** One line of text in any script: trimmed, without control characters, never empty. */
export function line(lengthMax: number) {
  return z
    .string(fault('missing'))
    .transform((text) => text.normalize('NFC').replaceAll(unprintable, '').trim())
    .pipe(z.string().min(1, fault('missing')).max(lengthMax, fault('too-long')));
}

/** Text over several lines that may be left out; null then. */
export function optionalText(lengthMax: number) {
  return z
    .string()
    .optional()
    .transform((text) => (text ?? '').normalize('NFC').replaceAll('\r\n', '\n').trim())
    .pipe(z.string().max(lengthMax, fault('too-long')))
    .transform((text) => (text === '' ? null : text));
}

/** An e-mail address that SMTP can carry (RFC 5321: 254 characters at most). Kept as it was written. */
export const emailField = z
  .string(fault('missing'))
  .trim()
  .min(1, fault('missing'))
  .max(254, fault('too-long'))
  .regex(
    /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u,
    fault('not-an-address'),
  );

/**
 * A new password: long rather than odd (NIST SP 800-63B-4), all of Unicode, exactly as it was typed. What is wrong with
 * it besides is said by `findPasswordFault`, which knows whose it is to be.
 */
export const newPasswordField = z
  .string(fault('missing'))
  .min(1, fault('missing'))
  .refine((text) => [...text].length >= passwordLengthMin, fault('too-short'))
  .refine((text) => [...text].length <= passwordLengthMax, fault('too-long'))
  .refine((text) => new Set(text).size >= 5, fault('too-simple'));

export const passwordField = z
  .string(fault('missing'))
  .min(1, fault('missing'))
  .max(passwordLengthMax * 4, fault('too-long'));

/**
 * A telephone number as people write it, stored as E.164: `070-123 45 67` becomes `+46701234567`. One without a country
 * is Swedish.
 */
export const phoneField = z
  .string(fault('missing'))
  .trim()
  .min(1, fault('missing'))
  .max(30, fault('too-long'))
  .regex(/^[+(]?\d[\d\s()/.-]*$/, fault('not-a-phone-number'))
  .transform((text) => {
    const digits = text.replace('(0)', '').replaceAll(/[^\d+]/g, '');
    return digits.replace(/^00/, '+').replace(/^0/, '+46');
  })
  .pipe(z.string().regex(/^\+[1-9]\d{6,14}$/, fault('not-a-phone-number')));

/** A Swedish postal code, stored as `123 45`. */
export const postalCodeField = z
  .string(fault('missing'))
  .transform((text) => text.replaceAll(/\s/g, ''))
  .pipe(
    z
      .string()
      .min(1, fault('missing'))
      .regex(/^[1-9]\d{4}$/, fault('not-a-postal-code')),
  )
  .transform((text) => `${text.slice(0, 3)} ${text.slice(3)}`);

/** A calendar day, as date fields send it. */
export const dayField = z
  .string(fault('missing'))
  .transform(dayIn)
  .pipe(z.instanceof(Temporal.PlainDate, fault('missing')));

/** The calendar day that a field or an address names, such as `2026-11-22`; null for anything else. */
export function dayIn(text: string | null | undefined): Temporal.PlainDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text ?? '')) return null;
  try {
    const day = Temporal.PlainDate.from(text ?? '', { overflow: 'reject' });
    return day.year >= earliestYear ? day : null;
  } catch {
    return null;
  }
}

export function countField(max: number) {
  return z
    .string(fault('missing'))
    .trim()
    .regex(/^\d{1,4}$/, fault('not-a-number'))
    .transform(Number)
    .pipe(z.number().min(1, fault('not-a-number')).max(max, fault('too-long')));
}
