import { notice } from '../policy/notice.ts';
import { passwordLengthMax, passwordLengthMin } from './passwords.ts';
import { bareForm, isCovered, isMostlySigns, isRepetition, readings } from './password-shapes.ts';
import { swedishWords } from './swedish-words.ts';

/** Why a password is not taken. Each has words of its own, so that the next choice is a better one. */
export type PasswordFault =
  'too-short' | 'too-long' | 'too-simple' | 'in-order' | 'about-you' | 'common' | 'breached';

export type PasswordContext = {
  /** What others know of the person: name, address. Not stored, and compared only here. */
  readonly about: readonly string[];
  /** Does the password stand in a list of leaked ones? */
  readonly isBreached?: (password: string) => Promise<boolean>;
};

const wordLengthMin = 3;
const listedLengthMin = 4;
const listedLengthMax = 24;
/** Beside a single word this much more does not make a password: a year and a few signs. */
const strayMax = 8;
const strayInOrderMax = 4;

/**
 * What is wrong with a new password, or null: the rules of NIST SP 800-63B-4 (section 3.1.1.2). It is long, it is not on
 * a list of common, expected or leaked ones, and nothing is said about which characters it must have. Beyond the
 * standard, which compares whole passwords, one that is a single such word with a year or a run of keys is refused too.
 */
export async function findPasswordFault(
  password: string,
  { about, isBreached }: PasswordContext,
): Promise<PasswordFault | null> {
  const text = password.normalize('NFC');
  const length = [...text].length;
  if (length < passwordLengthMin) return 'too-short';
  if (length > passwordLengthMax) return 'too-long';
  if (isRepetition(text, passwordLengthMin)) return 'too-simple';
  const expected = isMostlySigns(text) ? null : await findExpected(text, about);
  if (expected !== null) return expected;
  return (await isBreached?.(text)) === true ? 'breached' : null;
}

/** What a guesser would expect when the signs are left out. */
async function findExpected(text: string, about: readonly string[]): Promise<PasswordFault | null> {
  const bare = bareForm(text);
  if (isRepetition(bare, passwordLengthMin)) return 'too-simple';
  if (isCovered(bare, { words: [], strayMax: strayInOrderMax })) return 'in-order';
  const words = expectedWords(about);
  const isAbout = (form: string) => isCovered(form, { words, strayMax });
  if (readings(text).some(isAbout)) return 'about-you';
  return (await isCommon(text, words)) ? 'common' : null;
}

/** The company, the program, and the words that a person's name and address are made of. */
function expectedWords(about: readonly string[]): string[] {
  const texts = [...about, notice.controller.name, notice.controller.town, 'varsam'];
  const words = texts.flatMap((text) => [
    text.split('@')[0] ?? '',
    ...text.split(/[^\p{L}\p{M}\p{N}]+/u),
  ]);
  const bare = words.map(bareForm).filter((word) => word.length >= wordLengthMin);
  return [...new Set(bare)];
}

/** A listed password, or a listed word with what is expected around it. */
async function isCommon(text: string, expected: readonly string[]): Promise<boolean> {
  const listed = await listedWords();
  return readings(text).some((form) => {
    if (listed.has(form)) return true;
    const found = wordsWithin(form, listed);
    return found.some((word) => isCovered(form, { words: [word, ...expected], strayMax }));
  });
}

function wordsWithin(form: string, listed: ReadonlySet<string>): string[] {
  const found = new Set<string>();
  for (let at = 0; at < form.length; at += 1) {
    const end = Math.min(form.length, at + listedLengthMax);
    for (let to = at + listedLengthMin; to <= end; to += 1) {
      const word = form.slice(at, to);
      if (listed.has(word)) found.add(word);
    }
  }
  return [...found];
}

let listedOnce: Promise<ReadonlySet<string>> | null = null;

/** Some sixty thousand words, loaded when somebody first chooses a password, so that starting takes no longer. */
function listedWords(): Promise<ReadonlySet<string>> {
  listedOnce ??= loadListedWords();
  return listedOnce;
}

async function loadListedWords(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const common = [...dictionary['passwords-common'], ...dictionary['diceware-common']];
  return new Set([...common, ...swedishWords()].map(bareForm));
}
