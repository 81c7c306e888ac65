import { needlesOf, viewsOf } from './encodings.ts';
import { countKinds } from './patterns.ts';

/** Looks for people in bytes: by shape, and by the names that were given. */
export type Personal = {
  /** `e-mail address (hex)` and how many. */
  lookAt(bytes: Buffer): Map<string, number>;
};

/** Shorter names stand in random bytes by chance. */
const nameLengthMin = 4;

export function lookForPersonal(names: readonly string[]): Personal {
  const needles = names
    .map((name) => name.trim())
    .filter((name) => Buffer.byteLength(name) >= nameLengthMin)
    .flatMap((name) => [...needlesOf(name), ...needlesOf(name.toLowerCase())]);
  return {
    lookAt(bytes) {
      const found = new Map<string, number>();
      for (const { encoding, bytes: needle } of needles) {
        if (bytes.includes(needle)) found.set(`name from the list (${encoding})`, 1);
      }
      for (const { encoding, text } of viewsOf(bytes)) {
        for (const [kind, count] of countKinds(text)) {
          const what = `${kind} (${encoding})`;
          found.set(what, Math.max(found.get(what) ?? 0, count));
        }
      }
      return found;
    },
  };
}
