import assert from 'node:assert/strict';
import { test } from 'node:test';

import { noBanks } from '../history/payments/banks.ts';
import { isForPostOnly, pageBehind } from './page-behind.ts';
import { portalRoutes } from './routes.ts';

test('an address that shows something leads back to itself', () => {
  assert.equal(
    pageBehind('/history?before=2026-11-22T13:00:00Z'),
    '/history?before=2026-11-22T13:00:00Z',
  );
  assert.equal(isForPostOnly('/catalogue/x?day=2026-11-22'), false);
});

test('an address that only takes a form leads back to a page that exists', () => {
  const routes = portalRoutes({ banks: noBanks, closing: () => Promise.resolve() });
  const shown = new Set(routes.filter(({ method }) => method === 'GET').map(({ path }) => path));
  const forms = routes.map(({ path }) => path).filter((path) => !shown.has(path));
  assert.ok(forms.length > 0);
  for (const path of forms) {
    assert.ok(isForPostOnly(path), `${path} has no page behind it`);
    assert.ok(shown.has(pageBehind(path)), `${pageBehind(path)} is no page`);
  }
});
