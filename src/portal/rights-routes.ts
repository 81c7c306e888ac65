import type { Route } from '../http/route.ts';
import { correctPage } from './rights-correct.tsx';
import { downloadArchive, downloadJson, downloadPage } from './rights-download.tsx';
import { plainRightPage, rightsPage } from './rights-list.tsx';
import { changeProtected, protectedPage } from './rights-protected.tsx';
import { changeStopsBy, stopsPage } from './rights-stops.tsx';

const get = 'GET';
const post = 'POST';
const insight = { access: 'customer', purpose: 'insight' } as const;
const account = { access: 'customer', purpose: 'account' } as const;

const restrict = '/rights/restrict';
const object = '/rights/object';
const hidden = '/rights/protected-identity';

/** What customers may demand: each right, and what they do themselves. */
export const rightsRoutes: readonly Route[] = [
  { ...insight, method: get, path: '/my-data/download', confirmed: true, page: downloadPage },
  {
    ...insight,
    method: get,
    path: '/my-data/download/archive',
    confirmed: true,
    page: downloadArchive,
  },
  { ...insight, method: get, path: '/my-data/download/json', confirmed: true, page: downloadJson },
  { ...insight, method: get, path: '/rights', page: rightsPage },
  { ...insight, method: get, path: '/rights/correct', page: correctPage },
  { ...account, method: get, path: restrict, page: stopsPage('restriction') },
  { ...account, method: post, path: restrict, page: changeStopsBy('restriction') },
  { ...account, method: get, path: object, page: stopsPage('objection') },
  { ...account, method: post, path: object, page: changeStopsBy('objection') },
  { ...account, method: get, path: hidden, confirmed: true, page: protectedPage },
  { ...account, method: post, path: hidden, confirmed: true, page: changeProtected },
  { ...insight, method: get, path: '/rights/:right', page: plainRightPage },
];
