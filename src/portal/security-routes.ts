import type { Route } from '../http/route.ts';
import {
  confirmIdentityPage,
  takeConfirmation,
  takePasskeyConfirmation,
} from './confirm-identity.tsx';
import {
  codesOffPage,
  codesPage,
  newCodesPage,
  takeCodesOff,
  takeNewCodes,
} from './security-codes.tsx';
import { devicesPage, endOne, endOthers } from './security-devices.tsx';
import { newPasskeyPage, takeNewPasskey } from './security-new-passkey.tsx';
import {
  passkeyPage,
  passkeysPage,
  removePasskeyPage,
  takePasskeyAway,
  takePasskeyName,
} from './security-passkeys.tsx';
import { newRecoveryPage, recoveryFile, takeNewRecovery } from './security-recovery.tsx';

const get = { method: 'GET', access: 'customer', purpose: 'account' } as const;
const post = { method: 'POST', access: 'customer', purpose: 'account' } as const;
const confirmed = true;
const passkeys = '/settings/passkeys';
const codes = '/settings/codes';
const sessions = '/settings/sessions';

/** What guards the account. What would let somebody else in, or the owner out, asks first who is there. */
export const securityRoutes: readonly Route[] = [
  { ...get, path: '/confirm-identity', page: confirmIdentityPage },
  { ...post, path: '/confirm-identity', page: takeConfirmation },
  { ...post, path: '/confirm-identity/passkey', page: takePasskeyConfirmation },
  { ...get, path: '/settings/devices', page: devicesPage },
  { ...post, path: `${sessions}/:session/end`, page: endOne },
  { ...post, path: `${sessions}/end-others`, page: endOthers },
  { ...get, path: passkeys, page: passkeysPage },
  { ...get, path: `${passkeys}/new`, page: newPasskeyPage, confirmed },
  { ...post, path: `${passkeys}/new`, page: takeNewPasskey, confirmed },
  { ...get, path: `${passkeys}/:passkey`, page: passkeyPage },
  { ...post, path: `${passkeys}/:passkey`, page: takePasskeyName },
  { ...get, path: `${passkeys}/:passkey/remove`, page: removePasskeyPage, confirmed },
  { ...post, path: `${passkeys}/:passkey/remove`, page: takePasskeyAway, confirmed },
  { ...get, path: codes, page: codesPage },
  { ...get, path: `${codes}/new`, page: newCodesPage, confirmed },
  { ...post, path: `${codes}/new`, page: takeNewCodes, confirmed },
  { ...get, path: `${codes}/off`, page: codesOffPage, confirmed },
  { ...post, path: `${codes}/off`, page: takeCodesOff, confirmed },
  { ...get, path: `${codes}/recovery`, page: newRecoveryPage, confirmed },
  { ...post, path: `${codes}/recovery`, page: takeNewRecovery, confirmed },
  { ...post, path: `${codes}/recovery/file`, page: recoveryFile },
];
