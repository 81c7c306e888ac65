import type { Route } from '../http/route.ts';
import { leavingRoutes } from './leaving-routes.ts';
import { noteRead } from './notice-box.tsx';
import { noticeChangesPage, noticeVersionPage, noticeVersionsPage } from './notice-versions.tsx';
import type { PortalParts } from './parts.ts';
import { myDataPage } from './privacy-my-data.tsx';
import { noticePage } from './privacy-notice.tsx';
import { rightsRoutes } from './rights-routes.ts';

const get = 'GET';
const post = 'POST';

const noticeVersions: readonly Route[] = [
  { method: post, path: '/notice/read', access: 'anyone', purpose: 'insight', page: noteRead },
  {
    method: get,
    path: '/notice/versions',
    access: 'anyone',
    purpose: 'insight',
    page: noticeVersionsPage,
  },
  {
    method: get,
    path: '/notice/versions/:version',
    access: 'anyone',
    purpose: 'insight',
    page: noticeVersionPage,
  },
  {
    method: get,
    path: '/notice/changes',
    access: 'anyone',
    purpose: 'insight',
    page: noticeChangesPage,
  },
];

/** The pages about the customer's own data, the way out, and what proves it. */
export function privacyRoutes(parts: PortalParts): Route[] {
  const access = 'anyone';
  return [
    { method: get, path: '/my-data', access: 'customer', purpose: 'insight', page: myDataPage },
    ...leavingRoutes(parts),
    { method: get, path: '/notice', access, purpose: 'insight', page: noticePage },
    ...noticeVersions,
    ...rightsRoutes,
  ];
}
