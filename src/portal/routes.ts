import type { Route } from '../http/route.ts';
import { accessRoutes } from './access-routes.ts';
import { accessibilityPage } from './accessibility.tsx';
import { buyerRoutes } from './buyer-routes.ts';
import { calendarRoutes } from './calendar-routes.ts';
import { confirmPage, createAccount } from './confirm.tsx';
import { cookieCheckPage } from './cookie-check.tsx';
import { keepingPage, takeKeeping } from './keeping.tsx';
import { chooseLanguage } from './language.ts';
import { overviewPage } from './overview.tsx';
import type { PortalParts } from './parts.ts';
import { privacyRoutes } from './privacy-routes.ts';
import { securityRoutes } from './security-routes.ts';
import { settingsPage } from './settings.tsx';
import { codePage, takeCode } from './sign-in-code.tsx';
import { postPasskey, postSignIn, signInPage, signOut } from './sign-in.tsx';
import { shopRoutes } from './shop-routes.ts';
import { askToSignUp, signUpPage, signUpSentPage } from './sign-up.tsx';
import { startPage } from './start.tsx';

/** Every address of the customer pages: who may come, and what for. */
export function portalRoutes(parts: PortalParts): Route[] {
  return [
    ...openRoutes,
    ...calendarRoutes,
    ...shopRoutes(parts.banks),
    ...customerRoutes,
    ...buyerRoutes(parts),
    ...accessRoutes,
    ...securityRoutes,
    ...privacyRoutes(parts),
  ];
}

const get = 'GET';
const post = 'POST';
const access = 'anyone';

const openRoutes: readonly Route[] = [
  { method: get, path: '/', access, purpose: 'order', page: startPage },
  { method: get, path: '/accessibility', access, purpose: 'account', page: accessibilityPage },
  { method: post, path: '/language', access, purpose: 'account', page: chooseLanguage },
  { method: get, path: '/sign-up', access, purpose: 'sign-up', page: signUpPage },
  { method: post, path: '/sign-up', access, purpose: 'sign-up', page: askToSignUp },
  { method: get, path: '/sign-up/sent', access, purpose: 'sign-up', page: signUpSentPage },
  { method: get, path: '/confirm/:token', access, purpose: 'sign-up', page: confirmPage },
  { method: post, path: '/confirm/:token', access, purpose: 'sign-up', page: createAccount },
  { method: get, path: '/sign-in', access, purpose: 'sign-in', page: signInPage },
  { method: post, path: '/sign-in', access, purpose: 'sign-in', page: postSignIn },
  { method: post, path: '/sign-in/passkey', access, purpose: 'sign-in', page: postPasskey },
  { method: get, path: '/sign-in/check', access, purpose: 'sign-in', page: cookieCheckPage },
  { method: get, path: '/sign-in/code', access, purpose: 'sign-in', page: codePage },
  { method: post, path: '/sign-in/code', access, purpose: 'sign-in', page: takeCode },
  { method: post, path: '/sign-out', access, purpose: 'sign-in', page: signOut },
];

const customerRoutes: readonly Route[] = [
  { method: get, path: '/overview', access: 'customer', purpose: 'history', page: overviewPage },
  { method: get, path: '/settings', access: 'customer', purpose: 'account', page: settingsPage },
  {
    method: get,
    path: '/settings/keeping',
    access: 'customer',
    purpose: 'account',
    confirmed: true,
    page: keepingPage,
  },
  {
    method: post,
    path: '/settings/keeping',
    access: 'customer',
    purpose: 'account',
    confirmed: true,
    page: takeKeeping,
  },
];
