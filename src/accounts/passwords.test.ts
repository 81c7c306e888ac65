import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { verify } from '@node-rs/argon2';
import { projectFolder } from '../project.ts';
import { argon2Parameters, hashPassword, isPassword } from './passwords.ts';

const password = 'en lång och trygg lösenfras';

test('a password is kept as argon2id with the declared cost, and its hash is new each time', async () => {
  const [one, other] = [await hashPassword(password), await hashPassword(password)];
  const { memoryCost, timeCost, parallelism } = argon2Parameters;
  for (const hash of [one, other])
    assert.ok(hash.startsWith(`$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$`));
  assert.notEqual(one, other);
  assert.ok(await isPassword(password, one));
  assert.ok(!(await isPassword(`${password} `, one)));
  assert.ok(!(await isPassword('', one)));
});

test('a password is the same in every Unicode form, and stays itself in any script', async () => {
  for (const text of [
    'lösenfräs på åtta',
    '密码密码密码密码密码密码',
    '🔑'.repeat(12),
    'a\0b\0c\0d\0e\0f',
  ]) {
    const hash = await hashPassword(text.normalize('NFD'));
    assert.ok(await isPassword(text.normalize('NFC'), hash), text);
    assert.ok(!(await isPassword(text.slice(0, -2), hash)), text);
  }
});

test('where there is no account a real hash of the same cost is checked', async () => {
  const source = readFileSync(join(projectFolder, 'src/accounts/passwords.ts'), 'utf8');
  const decoy = /'(\$argon2id\$[^']+)'/.exec(source)?.[1] ?? '';
  const real = await hashPassword(password);
  const costOf = (hash: string) => hash.split('$').slice(1, 4);
  assert.deepEqual(costOf(decoy), costOf(real));
  const lengths = (hash: string) => hash.split('$').map(({ length }) => length);
  assert.deepEqual(lengths(decoy), lengths(real));
  // A text that is no hash would reject at once, and its speed would tell.
  assert.equal(await verify(decoy, password), false);
  assert.equal(await isPassword(password, null), false);
});

test('many sign-ins at once are checked in turn, and each gets its own answer', async () => {
  const hash = await hashPassword(password);
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) => isPassword(n % 2 === 0 ? password : 'fel lösenord', hash)),
  );
  assert.deepEqual(
    answers,
    Array.from({ length: 12 }, (_, n) => n % 2 === 0),
  );
});

test('a hash that is damaged lets nobody in', async () => {
  assert.equal(await isPassword(password, 'no hash at all'), false);
  assert.equal(await isPassword('', ''), false);
});
