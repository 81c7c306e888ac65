/** For tests: a site with a few routes, and visits to it. */
import type { StaffRole } from '../database/records.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import { addOwner } from '../vault/vault.ts';
import { beginSession } from '../accounts/sessions.ts';
import { staff } from '../accounts/holdings.ts';
import { newOwnerId } from '../ids.ts';
import type { TestSystem } from '../../test/system.ts';
import { html } from './answers.ts';
import { buildApp } from './app.ts';
import type { Noted } from './app.ts';
import type { Route } from './route.ts';

export const origin = 'http://localhost:8080';
export const own = { 'sec-fetch-site': 'same-origin' };
const formType = { 'content-type': 'application/x-www-form-urlencoded' };

export type Visited = { status: number; body: string; headers: Headers };

export function site(system: TestSystem, routes: readonly Route[], from = origin) {
  const noted: Noted[] = [];
  const app = buildApp({
    db: system.db,
    vault: system.vault,
    site: {
      origin: from,
      sender: { from: 'kund@example.se', domain: 'example.se' },
      sandbox: null,
    },
    routes,
    clock: () => system.now,
    asset: (path) => (path === '/assets/a.css' ? new Response('css') : null),
    problemPage: (_visit, code) => html(code as never, code === 'unexpected' ? 500 : 400),
    note: (one) => noted.push(one),
  });
  const visit = async (path: string, init?: RequestInit): Promise<Visited> => {
    const answer = await app.request(`${from}${path}`, init);
    const body = (await answer.text()).replace('<!doctype html>', '');
    return { status: answer.status, body, headers: answer.headers };
  };
  return {
    noted,
    get: (path: string, headers: Record<string, string> = {}) => visit(path, { headers }),
    post: (path: string, body = '', headers: Record<string, string> = own) =>
      visit(path, { method: 'POST', body, headers: { ...formType, ...headers } }),
    visit,
  };
}

export async function customerCookie(system: TestSystem, owner: OwnerId): Promise<string> {
  const op = system.op({ party: 'customer', owner }, 'account');
  const token = await inTransaction(op, async (write) =>
    beginSession(write, await write.vault.sealFor(write, owner), '?'),
  );
  return `__Host-session=${token}`;
}

export async function staffCookie(system: TestSystem, role: StaffRole): Promise<string> {
  const owner = newOwnerId();
  const op = system.op({ party: role, owner }, 'employment');
  await op.vault.createKey(op, owner);
  const token = await inTransaction(op, async (write) => {
    await addOwner(write, owner, 'staff');
    const sealer = await write.vault.sealFor(write, owner);
    const sealed = sealer.seal(staff, owner, { email: `${role}@example.se`, name: role, role });
    await write.db
      .insertInto('accounts.staff')
      .values({ owner_id: owner, role, created_at: op.now, sealed })
      .execute();
    return beginSession(write, sealer, '?', role);
  });
  return `__Host-staff=${token}`;
}
