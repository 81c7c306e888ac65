import type { Route } from '../http/route.ts';
import { staffAndProviders } from '../http/route.ts';
import type { RowId } from '../ids.ts';
import { showAgreement, takeAgreement } from './agreement-form-page.tsx';
import { confirmEnd, register, takeEnd } from './agreement-pages.tsx';
import { administratorsOnly, ownPage } from './frame.tsx';
import type { MoneyParts } from './money-routes.tsx';
import { showJoining, takeJoining, takeJoiningPasskey } from './joining-page.tsx';
import { downloadOwnData, showOwnData } from './own-data-page.tsx';
import { endOne, endOthers, showOwn } from './own-page.tsx';
import {
  showNewPasskey,
  showPasskeys,
  takeNewPasskey,
  takePasskeyAway,
} from './own-passkeys-pages.tsx';
import { showCodes, showPassword, takeCodes, takePassword } from './own-sign-in-pages.tsx';
import type { People } from './people.ts';
import { takeAgain, takeEndSessions, takeReset, takeWithdrawal } from './person-actions.ts';
import { showProviderInvite, takeProviderInvite } from './provider-invite-page.tsx';
import {
  providers,
  showProvider,
  takeBeginEngagement,
  takeCalendars,
  takeEndEngagement,
} from './provider-person-page.tsx';
import { providersRoom, showProviders } from './providers-page.tsx';
import {
  showNewRecipient,
  showRecipient,
  takeNewRecipient,
  takeRecipient,
} from './recipient-form-pages.tsx';
import { showSecret } from './recipient-secret-page.tsx';
import { showInvite, takeInvite } from './staff-invite-page.tsx';
import { confirmLeave, takeLeave } from './staff-leave-page.tsx';
import { showStaff, staffRoom } from './staff-page.tsx';
import { colleagues, showPerson, takeRole } from './staff-person-page.tsx';

/** What the staff pages need from the running server. */
export type ConsoleParts = MoneyParts & {
  /** The secret with which a recipient knows our requests to erase. */
  readonly erasureSecretOf: (recipientId: RowId) => string;
};

const own = { purpose: 'employment', access: staffAndProviders } as const;
const insight = { purpose: 'staff-insight', access: staffAndProviders } as const;
const administration = { purpose: 'staff-administration', access: administratorsOnly } as const;
const setUp = { purpose: 'employment', access: administratorsOnly, confirmed: true } as const;
const joining = { purpose: 'employment', access: 'anyone' } as const;
const get = { method: 'GET' } as const;
const post = { method: 'POST' } as const;
const confirmed = { confirmed: true } as const;

/** Colleagues: seeing them is written down, and changing anything asks anew who is there. */
export const staffRoutes: readonly Route[] = [
  { ...administration, ...get, path: staffRoom, page: showStaff },
  { ...administration, ...get, ...confirmed, path: `${staffRoom}/invite`, page: showInvite },
  { ...administration, ...post, ...confirmed, path: `${staffRoom}/invite`, page: takeInvite },
  { ...administration, ...get, path: `${staffRoom}/:owner`, page: showPerson },
  { ...administration, ...post, ...confirmed, path: `${staffRoom}/:owner/role`, page: takeRole },
  ...signInRoutes(colleagues),
];

const provider = `${providersRoom}/:owner`;
const invite = `${providersRoom}/invite`;
const changing = { ...administration, ...post, ...confirmed } as const;

/** Those who perform services: the same, and for whom and in which calendars. */
export const providerStaffRoutes: readonly Route[] = [
  { ...administration, ...get, path: providersRoom, page: showProviders },
  { ...administration, ...get, ...confirmed, path: invite, page: showProviderInvite },
  { ...changing, path: invite, page: takeProviderInvite },
  { ...administration, ...get, path: provider, page: showProvider },
  { ...changing, path: `${provider}/calendars`, page: takeCalendars },
  { ...changing, path: `${provider}/end-engagement`, page: takeEndEngagement },
  { ...changing, path: `${provider}/begin-engagement`, page: takeBeginEngagement },
  ...signInRoutes(providers),
];

/** What an administrator does with how somebody signs in: end and reset, never choose. */
function signInRoutes(people: People): Route[] {
  const person = `${people.room}/:owner`;
  const change = { ...administration, ...post, ...confirmed } as const;
  return [
    { ...change, path: `${person}/reset`, page: takeReset(people) },
    { ...change, path: `${person}/end-sessions`, page: takeEndSessions(people) },
    { ...change, path: `${person}/again`, page: takeAgain(people) },
    { ...change, path: `${person}/withdraw`, page: takeWithdrawal(people) },
    { ...change, ...get, path: `${person}/leave`, page: confirmLeave(people) },
    { ...change, path: `${person}/leave`, page: takeLeave(people) },
  ];
}

const invitation = '/console/invitation/:token';

/** Whoever holds a link, and nobody else, chooses how to sign in. */
export const joiningRoutes: readonly Route[] = [
  { ...joining, ...get, path: invitation, page: showJoining },
  { ...joining, ...post, path: invitation, page: takeJoining },
  { ...joining, ...post, path: `${invitation}/passkey`, page: takeJoiningPasskey },
];

const passkeys = `${ownPage}/passkeys`;

/** Each one's own page. What changes how they sign in asks anew who is there. */
export const ownRoutes: readonly Route[] = [
  { ...own, ...get, path: ownPage, page: showOwn },
  { ...own, ...post, path: `${ownPage}/sessions/end-others`, page: endOthers },
  { ...own, ...post, path: `${ownPage}/sessions/:session/end`, page: endOne },
  { ...own, ...get, ...confirmed, path: `${ownPage}/password`, page: showPassword },
  { ...own, ...post, ...confirmed, path: `${ownPage}/password`, page: takePassword },
  { ...own, ...get, ...confirmed, path: `${ownPage}/codes`, page: showCodes },
  { ...own, ...post, ...confirmed, path: `${ownPage}/codes`, page: takeCodes },
  { ...own, ...get, path: passkeys, page: showPasskeys },
  { ...own, ...get, ...confirmed, path: `${passkeys}/new`, page: showNewPasskey },
  { ...own, ...post, ...confirmed, path: `${passkeys}/new`, page: takeNewPasskey },
  { ...own, ...post, ...confirmed, path: `${passkeys}/:passkey/remove`, page: takePasskeyAway },
  { ...insight, ...get, path: `${ownPage}/data`, page: showOwnData },
  { ...insight, ...get, path: `${ownPage}/data/download`, page: downloadOwnData },
];

const recipient = `${register}/:recipient`;

/** The register of recipients, which decides what may leave: only administrators, and only who confirmed. */
export function recipientRoutes({ erasureSecretOf }: ConsoleParts): Route[] {
  return [
    { ...setUp, ...get, path: `${register}/new`, page: showNewRecipient },
    { ...setUp, ...post, path: `${register}/new`, page: takeNewRecipient },
    { ...setUp, ...get, path: `${recipient}/change`, page: showRecipient },
    { ...setUp, ...post, path: `${recipient}/change`, page: takeRecipient },
    { ...setUp, ...get, path: `${recipient}/secret`, page: showSecret(erasureSecretOf) },
    { ...setUp, ...get, path: `${recipient}/agreements`, page: showAgreement },
    { ...setUp, ...post, path: `${recipient}/agreements`, page: takeAgreement },
    { ...setUp, ...get, path: `${recipient}/end-agreement`, page: confirmEnd },
    { ...setUp, ...post, path: `${recipient}/end-agreement`, page: takeEnd },
  ];
}
