import type { Child } from 'hono/jsx';
import type { StaffRole } from '../database/records.ts';
import { html } from '../http/answers.ts';
import { allStaff } from '../http/route.ts';
import type { OwnVisit, Visit } from '../http/route.ts';
import type { IconName } from '../pages/icons.tsx';
import { ConsolePage } from '../pages/layout.tsx';
import type { NavigationLink } from '../pages/page-words.ts';
import { providerPage } from '../provider/frame.tsx';
import { confirmers } from '../routines/holds.ts';
import { consoleText } from '../text/console.ts';
import { company } from './company.ts';

export type Room =
  | 'today'
  | 'customers'
  | 'orders'
  | 'calendar'
  | 'catalogue'
  | 'money'
  | 'erasures'
  | 'holds'
  | 'books'
  | 'recipients'
  | 'promises'
  | 'retention'
  | 'figures'
  | 'operation'
  | 'staff'
  | 'providers';

export type StaffPage = {
  readonly title: string;
  /** Which room of the menu this page belongs to. */
  readonly current?: Room | undefined;
  /** The status of the answer, 200 unless given. */
  readonly status?: number | undefined;
  readonly refreshSeconds?: number | undefined;
  /** Where a change of language leads back to, where the address of this page itself answers no GET. */
  readonly comeBackTo?: string | undefined;
};

/** Who works with customers; a bookkeeper has no purpose for which to open one. */
export const customerStaff: readonly StaffRole[] = ['support', 'administrator'];

/** Who cares for colleagues, recipients and agreements. */
export const administratorsOnly: readonly StaffRole[] = ['administrator'];

/** Who keeps the books, and opens nothing else. */
export const bookkeepersOnly: readonly StaffRole[] = ['bookkeeper'];

/** Where everybody finds what is stored about them, and how they sign in. */
export const ownPage = '/console/me';

type Place = {
  readonly href: string;
  readonly icon: IconName;
  readonly access: readonly StaffRole[];
};

const rooms: Readonly<Record<Room, Place>> = {
  today: { href: '/console', icon: 'house', access: allStaff },
  customers: { href: '/console/customers', icon: 'users', access: customerStaff },
  orders: { href: '/console/orders', icon: 'package', access: customerStaff },
  calendar: { href: '/console/calendar', icon: 'calendar', access: customerStaff },
  catalogue: { href: '/console/catalogue', icon: 'shopping-basket', access: customerStaff },
  money: { href: '/console/money', icon: 'wallet', access: allStaff },
  erasures: { href: '/console/erasures', icon: 'trash', access: allStaff },
  holds: { href: '/console/holds', icon: 'lock', access: confirmers },
  books: { href: '/console/books', icon: 'book-open', access: bookkeepersOnly },
  recipients: { href: '/console/recipients', icon: 'truck', access: allStaff },
  promises: { href: '/console/promises', icon: 'clipboard-check', access: allStaff },
  retention: { href: '/console/retention', icon: 'calendar-clock', access: allStaff },
  figures: { href: '/console/figures', icon: 'chart-column', access: allStaff },
  operation: { href: '/console/operation', icon: 'activity', access: allStaff },
  staff: { href: '/console/staff', icon: 'user', access: administratorsOnly },
  providers: { href: '/console/providers', icon: 'hand', access: administratorsOnly },
};

/**
 * Answers with a staff page: the content beside the rooms that the visitor's role may enter. Who performs services sees
 * the pages that both have, such as those of their own sign-in, in the frame of their own.
 */
export function consolePage(
  visit: Visit | OwnVisit,
  page: StaffPage,
  content: Child,
): Promise<Response> {
  const words = consoleText[visit.language];
  const role = roleOf(visit);
  if (role === 'provider') return providerPage(visit, page, content);
  const signedIn = role && {
    label: words.signedInAs(words.roles[role]),
    href: ownPage,
    signOutAction: '/console/sign-out',
  };
  return html(
    <ConsolePage
      language={visit.language}
      title={page.title}
      company={company}
      signedIn={signedIn ?? undefined}
      sandbox={visit.site.sandbox}
      path={page.comeBackTo ?? visit.path}
      refreshSeconds={page.refreshSeconds}
      nav={menuFor(visit, page.current)}
      room={words.room}
      words={words.frame}
    >
      {content}
    </ConsolePage>,
    page.status ?? 200,
  );
}

/** The role of who is signed in to the console; null on the pages that anyone may see. */
export function roleOf(visit: Visit | OwnVisit): StaffRole | null {
  return 'session' in visit ? visit.session.role : null;
}

function menuFor(
  visit: Visit | OwnVisit,
  current: Room | undefined,
): (NavigationLink & { icon: IconName })[] {
  const words = consoleText[visit.language];
  const role = roleOf(visit);
  if (role === null) return [{ href: '/', icon: 'arrow-left', label: words.toPortal }];
  return (Object.entries(rooms) as [Room, Place][])
    .filter(([, { access }]) => access.includes(role))
    .map(([room, { href, icon }]) => ({
      href,
      icon,
      label: words[room],
      current: room === current,
    }));
}
