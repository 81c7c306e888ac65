import type { Child } from 'hono/jsx';
import { company } from '../console/company.ts';
import { html } from '../http/answers.ts';
import type { Visit } from '../http/route.ts';
import type { IconName } from '../pages/icons.tsx';
import { ProviderPage } from '../pages/layout.tsx';
import { consoleText } from '../text/console.ts';
import { providerText } from '../text/provider.ts';

export const providerHome = '/provider';
export const weekPath = '/provider/week';

/** The three places of who performs services. How they sign in is on the page that staff has as well. */
const places = {
  today: { href: providerHome, icon: 'calendar' },
  week: { href: weekPath, icon: 'calendar-clock' },
  me: { href: '/console/me', icon: 'user' },
} as const satisfies Record<string, { readonly href: string; readonly icon: IconName }>;

export type ShownPage = {
  readonly title: string;
  readonly status?: number | undefined;
  /** Where a change of language leads back to, where the address of this page itself answers no GET. */
  readonly comeBackTo?: string | undefined;
};

/** Answers with a page for somebody who performs services: their three places always in sight, the content below. */
export function providerPage(visit: Visit, page: ShownPage, content: Child): Promise<Response> {
  const words = providerText[visit.language].frame;
  const { frame } = consoleText[visit.language];
  return html(
    <ProviderPage
      language={visit.language}
      title={page.title}
      company={company}
      signedIn={{ label: words.signedIn, signOutAction: '/console/sign-out' }}
      sandbox={visit.site.sandbox}
      path={page.comeBackTo ?? visit.path}
      nav={Object.entries(places).map(([place, { href, icon }]) => ({
        href,
        icon,
        label: words[place as keyof typeof places],
        current: isWithin(visit.path, href),
      }))}
      room={words.room}
      words={frame}
    >
      {content}
    </ProviderPage>,
    page.status ?? 200,
  );
}

/** The first page is below no other; every other place has what is below its address. */
function isWithin(path: string, place: string): boolean {
  const [address = ''] = path.split('?');
  return address === place || (place !== providerHome && address.startsWith(`${place}/`));
}
