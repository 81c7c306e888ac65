import type { StaffRole } from '../database/records.ts';
import { allStaff, staffAndProviders } from '../http/route.ts';
import type { Route } from '../http/route.ts';
import { register } from './agreement-pages.tsx';
import { calendarRoutes } from './calendar-routes.ts';
import { catalogueRoutes } from './catalogue-routes.ts';
import { booksRoutes } from './books-routes.ts';
import {
  showConfirmation,
  takeConfirmation,
  takePasskeyConfirmation,
} from './confirm-identity-page.tsx';
import { showCustomer } from './customer-page.tsx';
import { showSearch, takeSearch } from './customer-search-page.tsx';
import { deskRoutes } from './desk-routes.ts';
import { moneyRoutes } from './money-routes.tsx';
import { showErasures } from './erasures-page.tsx';
import { showFigures } from './figures-page.tsx';
import { customerStaff } from './frame.tsx';
import { holdsRoutes } from './holds-routes.ts';
import { showHome } from './home-page.tsx';
import { openCustomerFor } from './opened-customer-page.tsx';
import { showOperation, takeSettled } from './operation-page.tsx';
import { showPromises } from './promises-page.tsx';
import { showRecipients } from './recipients-page.tsx';
import { runRetention, showRetention } from './retention-page.tsx';
import { showSignIn, signOut, takePasskey, takeSignIn } from './sign-in-page.tsx';
import {
  joiningRoutes,
  ownRoutes,
  providerStaffRoutes,
  recipientRoutes,
  staffRoutes,
} from './staff-routes.ts';
import type { ConsoleParts } from './staff-routes.ts';

const administrator: readonly StaffRole[] = ['administrator'];
// For this purpose everybody opens only what is his own: no page of this kind can open a customer.
const own = { purpose: 'employment' } as const;

/** Every staff page. Customers and their orders are opened by POSTs alone, each of them for one purpose. */
export function consoleRoutes(parts: ConsoleParts): Route[] {
  return [
    ...signingIn,
    ...joiningRoutes,
    ...customers,
    ...deskRoutes,
    ...moneyRoutes(parts),
    ...staffRoutes,
    ...providerStaffRoutes,
    ...ownRoutes,
    ...recipientRoutes(parts),
    { ...own, method: 'GET', path: register, access: allStaff, page: showRecipients },
    { ...own, method: 'GET', path: '/console', access: allStaff, page: showHome },
    { ...own, method: 'GET', path: '/console/erasures', access: allStaff, page: showErasures },
    { ...own, method: 'GET', path: '/console/promises', access: allStaff, page: showPromises },
    { ...own, method: 'GET', path: '/console/figures', access: allStaff, page: showFigures },
    { ...own, method: 'GET', path: '/console/retention', access: allStaff, page: showRetention },
    {
      method: 'POST',
      path: '/console/retention/run',
      access: administrator,
      purpose: 'retention',
      page: runRetention,
    },
    ...operation,
    ...holdsRoutes,
    ...catalogueRoutes,
    ...calendarRoutes,
    ...booksRoutes,
  ];
}

const confirming = '/console/confirm-identity';
const operation: readonly Route[] = [
  { ...own, method: 'GET', path: '/console/operation', access: allStaff, page: showOperation },
  {
    ...own,
    method: 'POST',
    path: '/console/operation/events/:event/settle',
    access: administrator,
    page: takeSettled,
  },
];

const signingIn: readonly Route[] = [
  { ...own, method: 'GET', path: '/console/sign-in', access: 'anyone', page: showSignIn },
  { ...own, method: 'POST', path: '/console/sign-in', access: 'anyone', page: takeSignIn },
  {
    ...own,
    method: 'POST',
    path: '/console/sign-in/passkey',
    access: 'anyone',
    page: takePasskey,
  },
  { ...own, method: 'GET', path: confirming, access: staffAndProviders, page: showConfirmation },
  { ...own, method: 'POST', path: confirming, access: staffAndProviders, page: takeConfirmation },
  {
    ...own,
    method: 'POST',
    path: `${confirming}/passkey`,
    access: staffAndProviders,
    page: takePasskeyConfirmation,
  },
  { ...own, method: 'POST', path: '/console/sign-out', access: staffAndProviders, page: signOut },
];

const customer = '/console/customers/:owner';
const customers: readonly Route[] = [
  { ...own, method: 'GET', path: '/console/customers', access: customerStaff, page: showSearch },
  { ...own, method: 'POST', path: '/console/customers', access: customerStaff, page: takeSearch },
  { ...own, method: 'GET', path: customer, access: customerStaff, page: showCustomer },
  {
    method: 'POST',
    path: `${customer}/order-handling`,
    access: customerStaff,
    purpose: 'order-handling',
    page: openCustomerFor('order-handling'),
  },
  {
    method: 'POST',
    path: `${customer}/support`,
    access: customerStaff,
    purpose: 'support',
    page: openCustomerFor('support'),
  },
];
