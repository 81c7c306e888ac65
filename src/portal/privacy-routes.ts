import type { Route } from '../http/route.ts';
import { noteRead } from './notice-box.tsx';
import { noticeChangesPage, noticeVersionPage, noticeVersionsPage } from './notice-versions.tsx';
import type { PortalParts } from './parts.ts';
import { closeAccount, closePage } from './privacy-close.tsx';
import { downloadMyData, myDataPage } from './privacy-my-data.tsx';
import { noticePage } from './privacy-notice.tsx';
import { downloadReceipt, findReceipt, forgetReceipt, receiptPage } from './privacy-receipt.tsx';

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
  const purpose = 'leaving';
  const access = 'anyone';
  return [
    { method: get, path: '/my-data', access: 'customer', purpose: 'insight', page: myDataPage },
    {
      method: get,
      path: '/my-data/download',
      access: 'customer',
      purpose: 'insight',
      page: downloadMyData,
    },
    { method: get, path: '/close', access: 'customer', purpose, page: closePage },
    // Open to anybody, so that a second click finds its receipt when the session is gone already.
    { method: post, path: '/close', access, purpose, page: (visit) => closeAccount(visit, parts) },
    { method: get, path: '/receipt', access, purpose, page: receiptPage },
    { method: post, path: '/receipt', access, purpose, page: findReceipt },
    { method: post, path: '/receipt/forget', access, purpose, page: forgetReceipt },
    { method: get, path: '/receipt/file', access, purpose, page: downloadReceipt },
    { method: get, path: '/notice', access, purpose: 'insight', page: noticePage },
    ...noticeVersions,
  ];
}
