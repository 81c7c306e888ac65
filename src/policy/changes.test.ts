import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { currentNotice } from '../settings/notices.ts';
import { changeSentence } from '../text/notice-versions.ts';
import { changesBetween } from './changes.ts';
import type { PublishedNotice } from './published.ts';

type Path = readonly (string | number)[];

/** Every text and number of the notice, by where it stands. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [path];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, [...path, name]));
}

function changedAt(path: Path): PublishedNotice {
  const copy = structuredClone(currentNotice) as unknown;
  let at = copy as Record<string, unknown>;
  for (const name of path.slice(0, -1)) at = at[String(name)] as Record<string, unknown>;
  const last = String(path.at(-1));
  at[last] = typeof at[last] === 'number' ? at[last] + 1 : `${String(at[last])} och mer`;
  return copy as PublishedNotice;
}

const said = leaves(currentNotice).filter(
  ([first]) => first !== 'format' && first !== 'valid_from',
);

test('a notice differs in nothing from itself', () => {
  assert.deepEqual(changesBetween(currentNotice, structuredClone(currentNotice)), []);
});

test('whatever single thing is changed in a notice, the difference is told, in both languages', () => {
  fc.assert(
    fc.property(fc.constantFrom(...said), (path) => {
      for (const [older, newer] of [
        [currentNotice, changedAt(path)],
        [changedAt(path), currentNotice],
      ] as const) {
        const changes = changesBetween(older, newer);
        assert.ok(changes.length > 0, path.join('.'));
        for (const change of changes) {
          for (const language of ['sv', 'en'] as const) {
            const sentence = changeSentence(change, language);
            assert.match(sentence, /^\p{L}.*[.”“]/su);
            assert.doesNotMatch(sentence, /undefined|\[object/);
          }
        }
      }
    }),
    { numRuns: Math.min(400, said.length * 2) },
  );
});

test('whatever is taken out of a notice, or put into it, is told', () => {
  for (const part of ['categories', 'purposes', 'recipients', 'cookies', 'sections'] as const) {
    for (const name of Object.keys(currentNotice[part])) {
      const without = structuredClone(currentNotice);
      delete (without[part] as Record<string, unknown>)[name];
      assert.ok(changesBetween(currentNotice, without).length > 0, `${part} ${name}`);
      assert.ok(changesBetween(without, currentNotice).length > 0, `${part} ${name}`);
    }
  }
});

test('paragraphs that only change places are told too', () => {
  const turned = structuredClone(currentNotice);
  const [section] = Object.values(turned.sections).filter(
    ({ paragraphs }) => paragraphs.length > 1,
  );
  assert.ok(section);
  (section.paragraphs as unknown[]).reverse();
  assert.ok(changesBetween(currentNotice, turned).length > 0);
});
