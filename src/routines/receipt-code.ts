import { createHash, hkdfSync, randomInt } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeLength = 26;

/** The key to a receipt, for somebody who has no account any more: 130 bits, in groups that can be written by hand. */
export function newReceiptCode(): string {
  const characters = Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]);
  return characters.join('').replaceAll(/(.{5})(?=.)/g, '$1-');
}

/** The code as it was given out, from however it was typed; null when it cannot be one. */
export function readReceiptCode(text: string): string | null {
  const bare = text
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  if (bare.length !== codeLength || [...bare].some((letter) => !alphabet.includes(letter)))
    return null;
  return bare.replaceAll(/(.{5})(?=.)/g, '$1-');
}

/**
 * The code of the proof of purchase that may be kept beside a receipt: computed from the receipt's, so that who holds that
 * one can always find it, and so that nothing stored leads from one to the other. There is no way back.
 */
export function proofCodeOf(receiptCode: string): string {
  const info = 'varsam code of a proof of purchase';
  const bytes = new Uint8Array(hkdfSync('sha256', receiptCode, '', info, codeLength));
  const characters = [...bytes].map((byte) => alphabet[byte & 31]);
  return characters.join('').replaceAll(/(.{5})(?=.)/g, '$1-');
}

/** Only this is stored. The code has enough bits that a plain hash cannot be searched. */
export function hashReceiptCode(code: string): Buffer {
  return createHash('sha256').update('varsam receipt code').update(code).digest();
}
