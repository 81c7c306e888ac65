/** What gives somebody away by its shape alone. */

export type Kind =
  | 'e-mail address'
  | 'phone number'
  | 'personal identity number'
  | 'card number'
  | 'IBAN'
  | 'password hash'
  | 'JSON web token';

type Pattern = {
  readonly kind: Kind;
  readonly pattern: RegExp;
  /** Told from chance by its check digits. */
  readonly holds?: (found: string) => boolean;
};

// Three letters on each side of the @: two would stand in random bytes now and then.
const patterns: readonly Pattern[] = [
  {
    kind: 'e-mail address',
    pattern:
      /[A-Za-z0-9._%+-]{3,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+(?:[a-z]{2,18}|[A-Z]{2,18})(?![A-Za-z])/g,
    holds: (found) => (found.split('@')[1]?.length ?? 0) >= 5,
  },
  {
    kind: 'phone number',
    pattern: /(?<![0-9A-Za-z])(?:\+46|0046|0)[ -]?7[02369](?:[ -]?\d){7}(?![0-9A-Za-z])/g,
  },
  {
    kind: 'phone number',
    pattern: /(?<![0-9A-Za-z+])\+[1-9]\d{0,2}[ -]?\d(?:[ -]?\d){6,11}(?![0-9A-Za-z])/g,
  },
  {
    kind: 'personal identity number',
    pattern: /(?<![0-9A-Za-z-])(?:18|19|20)?\d{6}[-+]?\d{4}(?![0-9A-Za-z-])/g,
    holds: isPersonalNumber,
  },
  {
    kind: 'card number',
    // In groups as they stand on cards, or in none: lists of small numbers are no cards.
    pattern:
      /(?<![0-9A-Za-z-])(?:[2-6]\d{12,18}|[2-6]\d{3}(?<by>[ -])\d{4}\k<by>\d{4}\k<by>\d{4}|3[47]\d\d(?<of>[ -])\d{6}\k<of>\d{5})(?![0-9A-Za-z-])/g,
    holds: isCardNumber,
  },
  {
    kind: 'IBAN',
    pattern: /(?<![0-9A-Za-z])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![0-9A-Za-z])/g,
    holds: isIban,
  },
  { kind: 'password hash', pattern: /\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}/g },
  { kind: 'password hash', pattern: /\$argon2(?:id|i|d)\$v=\d+\$m=\d+/g },
  {
    kind: 'password hash',
    pattern: /\$(?:5|6|y|scrypt|pbkdf2(?:-sha\d+)?)\$[^\s$]{1,60}\$[./A-Za-z0-9+=$]{16,}/g,
  },
  {
    kind: 'JSON web token',
    pattern: /eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g,
  },
];

/** How many of each kind stand in a text. */
export function countKinds(text: string): Map<Kind, number> {
  const counts = new Map<Kind, number>();
  for (const { kind, pattern, holds } of patterns) {
    const found = [...text.matchAll(pattern)].filter(([one]) => holds?.(one) ?? true).length;
    if (found > 0) counts.set(kind, (counts.get(kind) ?? 0) + found);
  }
  return counts;
}

/**
 * A Swedish personal identity number or co-ordination number (Population Registration Act (1991:481), sections 18 and
 * 18 a): a date, four digits, the last by Luhn.
 */
export function isPersonalNumber(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '').slice(-10);
  const month = Number(digits.slice(2, 4));
  const day = Number(digits.slice(4, 6));
  const born = day > 60 ? day - 60 : day;
  return month >= 1 && month <= 12 && born >= 1 && born <= 31 && isLuhn(digits);
}

/** ISO/IEC 7812: a known issuer, and the check digit. */
function isCardNumber(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '');
  const known = /^(?:4\d{12}(?:\d{3}(?:\d{3})?)?|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6\d{15})$/;
  // Digits all alike are a placeholder.
  return known.test(digits) && isLuhn(digits) && new Set(digits).size > 1;
}

/** ISO 13616: the first four letters behind the rest, letters as numbers, and the remainder is one. */
function isIban(text: string): boolean {
  const plain = text.replaceAll(' ', '');
  if (plain.length < 15 || plain.length > 34) return false;
  const turned = `${plain.slice(4)}${plain.slice(0, 4)}`;
  const digits = turned.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n;
}

function isLuhn(digits: string): boolean {
  let sum = 0;
  for (const [index, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
