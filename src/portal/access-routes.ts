import type { Route } from '../http/route.ts';
import {
  askToChangeEmail,
  changeEmailPage,
  changeEmailSentPage,
  confirmEmailPage,
  takeNewEmail,
} from './change-email.tsx';
import { changedPage, changeNamePage, takeNewName } from './change-name.tsx';
import { changePasswordPage, takeNewPassword } from './change-password.tsx';
import { resetDonePage, resetPage, takeReset } from './recover-reset.tsx';
import { askToRecover, recoverPage, recoverSentPage } from './recover.tsx';
import { takeUndo, undoDonePage, undoEmailPage } from './undo-email.tsx';

const get = { method: 'GET', access: 'customer', purpose: 'account' } as const;
const post = { method: 'POST', access: 'customer', purpose: 'account' } as const;
const openGet = { method: 'GET', access: 'anyone', purpose: 'sign-in' } as const;
const openPost = { method: 'POST', access: 'anyone', purpose: 'sign-in' } as const;
const confirmed = true;

/** Getting back in, and changing what one gets in with. What has a name of its own comes before what has a token. */
export const accessRoutes: readonly Route[] = [
  { ...openGet, path: '/recover', page: recoverPage },
  { ...openPost, path: '/recover', page: askToRecover },
  { ...openPost, path: '/recover/begin', page: recoverPage },
  { ...openGet, path: '/recover/sent', page: recoverSentPage },
  { ...openGet, path: '/recover/done', page: resetDonePage },
  { ...openGet, path: '/recover/:token', page: resetPage },
  { ...openPost, path: '/recover/:token', page: takeReset },
  { ...openGet, path: '/undo-email/done', page: undoDonePage },
  { ...openGet, path: '/undo-email/:token', page: undoEmailPage },
  { ...openPost, path: '/undo-email/:token', page: takeUndo },
  { ...get, path: '/settings/password', confirmed, page: changePasswordPage },
  { ...post, path: '/settings/password', confirmed, page: takeNewPassword },
  { ...get, path: '/settings/email', confirmed, page: changeEmailPage },
  { ...post, path: '/settings/email', confirmed, page: askToChangeEmail },
  { ...get, path: '/settings/email/sent', page: changeEmailSentPage },
  { ...get, path: '/change-email/:token', page: confirmEmailPage },
  { ...post, path: '/change-email/:token', page: takeNewEmail },
  { ...get, path: '/settings/name', page: changeNamePage },
  { ...post, path: '/settings/name', page: takeNewName },
  { ...get, path: '/settings/changed', page: changedPage },
];
