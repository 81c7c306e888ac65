import assert from 'node:assert/strict';
import { portalSecurityText } from '../../src/text/portal-security.ts';
import { look } from './steps.ts';
import type { Walk } from './steps.ts';

/** Confirms with the password where the page asks who is there; does nothing where it does not. */
export async function confirmIdentity(walk: Walk): Promise<void> {
  const { hand, visitor, person } = walk;
  if (new URL(visitor.page.url()).pathname !== '/confirm-identity') return;
  const words = portalSecurityText[walk.language].confirm;
  await look(walk, words.title);
  await hand.write(words.password, person.password);
  assert.equal(await hand.press(words.submit), 200);
}
