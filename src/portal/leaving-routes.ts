import type { Route } from '../http/route.ts';
import type { PortalParts } from './parts.ts';
import { closeAccount, closePage } from './privacy-close.tsx';
import {
  downloadReceipt,
  downloadReceiptPdf,
  findReceipt,
  forgetReceipt,
  receiptPage,
} from './privacy-receipt.tsx';
import { askForProof, removeProof, showProof } from './proof-of-purchase.tsx';
import { verifyGiven, verifyPage } from './verify.tsx';

const purpose = 'leaving';
const access = 'anyone';
const get = 'GET';
const post = 'POST';

/** The way out, what proves it, and what outlives it. */
export function leavingRoutes(parts: PortalParts): Route[] {
  return [
    {
      method: get,
      path: '/close',
      access: 'customer',
      purpose,
      confirmed: true,
      page: closePage,
    },
    // Open to anybody, so that a second click finds its receipt when the session is gone already. What closes asks for
    // the session and the confirmation itself.
    { method: post, path: '/close', access, purpose, page: (visit) => closeAccount(visit, parts) },
    { method: get, path: '/receipt', access, purpose, page: receiptPage },
    { method: post, path: '/receipt', access, purpose, page: findReceipt },
    { method: post, path: '/receipt/forget', access, purpose, page: forgetReceipt },
    { method: get, path: '/receipt/file', access, purpose, page: downloadReceipt },
    { method: get, path: '/receipt/pdf', access, purpose, page: downloadReceiptPdf },
    { method: get, path: '/verify', access, purpose, page: verifyPage },
    { method: post, path: '/verify', access, purpose, upload: true, page: verifyGiven },
    ...proofRoutes,
  ];
}

const proof = 'proof-of-purchase';
const proofRoutes: readonly Route[] = [
  { method: get, path: '/proof-of-purchase', access, purpose: proof, page: askForProof },
  { method: post, path: '/proof-of-purchase', access, purpose: proof, page: showProof },
  { method: post, path: '/proof-of-purchase/remove', access, purpose: proof, page: removeProof },
];
