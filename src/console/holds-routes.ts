import type { StaffRole } from '../database/records.ts';
import type { Route } from '../http/route.ts';
import { confirmers, proposers } from '../routines/holds.ts';
import { showHoldForm, takeHold } from './hold-form-page.tsx';
import {
  holdsRoom,
  openHold,
  showHold,
  showHolds,
  takeConfirmation,
  takeLift,
  takeRenewal,
} from './holds-page.tsx';

const get = 'GET';
const post = 'POST';
const own = { purpose: 'employment' } as const;
const holds = { purpose: 'holds' } as const;
const deciders: readonly StaffRole[] = confirmers;
const form = '/console/customers/:owner/hold';
const one = `${holdsRoom}/:hold`;

/** Holds: an administrator proposes, somebody else confirms. Seeing the list opens nothing. */
export const holdsRoutes: readonly Route[] = [
  { ...own, method: get, path: holdsRoom, access: deciders, page: showHolds },
  { ...own, method: get, path: one, access: deciders, page: showHold },
  { ...holds, method: post, path: `${one}/open`, access: deciders, page: openHold },
  {
    ...holds,
    method: post,
    path: `${one}/confirm`,
    access: deciders,
    confirmed: true,
    page: takeConfirmation,
  },
  {
    ...holds,
    method: post,
    path: `${one}/renew`,
    access: proposers,
    confirmed: true,
    page: takeRenewal,
  },
  {
    ...holds,
    method: post,
    path: `${one}/lift`,
    access: proposers,
    confirmed: true,
    page: takeLift,
  },
  { ...own, method: get, path: form, access: proposers, confirmed: true, page: showHoldForm },
  { ...holds, method: post, path: form, access: proposers, confirmed: true, page: takeHold },
];
