import type { Child } from 'hono/jsx';
import { html } from '../http/answers.ts';
import type { Visit } from '../http/route.ts';
import { Page } from '../pages/layout.tsx';
import type { Company, NavigationLink } from '../pages/page-words.ts';
import { notice } from '../policy/notice.ts';
import { readBasketText } from './basket-cookie.ts';
import { NoticeBox, unreadNotice } from './notice-box.tsx';
import { portalFrameText } from '../text/portal-frame.ts';

/** Pages that the menu leads to. */
export type PlaceInMenu = 'start' | 'signIn' | 'overview' | 'history' | 'myData' | 'settings';

export type PortalPage = {
  readonly title: string;
  /** Which entry of the menu this page belongs to. */
  readonly current?: PlaceInMenu | undefined;
  /** The status of the answer, 200 unless given. */
  readonly status?: number | undefined;
  readonly refreshSeconds?: number | undefined;
  readonly refreshesAlone?: boolean | undefined;
  readonly goesOnTo?: string | undefined;
  readonly description?: string | undefined;
  /** Where a change of language leads back to, where the address of this page itself answers no GET. */
  readonly comeBackTo?: string | undefined;
};

const signedOutMenu = { start: '/', signIn: '/sign-in' } as const;
const signedInMenu = {
  start: '/',
  overview: '/overview',
  history: '/history',
  myData: '/my-data',
  settings: '/settings',
} as const;

/** Answers with a customer page: the content within head, menu and foot in the visitor's language. */
export async function portalPage(
  visit: Visit,
  page: PortalPage,
  content: Child,
): Promise<Response> {
  const unread = (page.status ?? 200) < 400 ? await unreadNotice(visit) : null;
  const words = portalFrameText[visit.language];
  const signedIn =
    visit.signedIn === null ? undefined : { label: words.signedIn, signOutAction: '/sign-out' };
  return html(
    <Page
      language={visit.language}
      title={page.title}
      description={page.description}
      company={company(words.contactByLetter)}
      signedIn={signedIn}
      sandbox={visit.site.sandbox}
      path={page.comeBackTo ?? visit.path}
      refreshSeconds={page.refreshSeconds}
      refreshesAlone={page.refreshesAlone}
      goesOnTo={page.goesOnTo}
      nav={menuFor(visit, page.current)}
      words={words}
      basket={basketOf(visit)}
      noticeHref="/notice"
      accessibilityHref="/accessibility"
      footLinks={[
        { href: '/terms', label: words.terms },
        { href: '/receipt', label: words.receipt },
        { href: '/verify', label: words.verify },
        { href: '/withdraw', label: words.withdraw },
        { href: '/guest', label: words.guestOrder },
        { href: '/proof-of-purchase', label: words.proofOfPurchase },
      ]}
    >
      {unread?.kind === 'changed' && <NoticeBox visit={visit} state={unread} />}
      {content}
      {unread?.kind === 'first' && <NoticeBox visit={visit} state={unread} />}
    </Page>,
    page.status ?? 200,
  );
}

/** How much is in the basket, by what the browser says; nobody looks whether it is still there. */
function basketOf(visit: Visit) {
  const words = portalFrameText[visit.language];
  const { entries } = readBasketText(visit.cookie('__Host-basket'));
  const count = entries.reduce((sum, { quantity }) => sum + quantity, 0);
  return { href: '/basket', label: words.basket, count, about: words.inBasket(count) };
}

function menuFor(visit: Visit, current: PlaceInMenu | undefined): NavigationLink[] {
  const words = portalFrameText[visit.language];
  const menu = visit.signedIn === null ? signedOutMenu : signedInMenu;
  return Object.entries(menu).map(([place, address]) => ({
    href: address,
    label: words[place as keyof typeof menu],
    current: place === current,
  }));
}

/** The notice names no other way to reach the company than by letter. */
function company(contactByLetter: string): Company {
  const { name, organisation_number, street, postal_code, town } = notice.controller;
  return {
    name,
    organisationNumber: organisation_number,
    addressLines: [street, `${postal_code} ${town}`],
    hours: contactByLetter,
  };
}
