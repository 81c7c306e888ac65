import { readAccount } from '../accounts/account.ts';
import type { OwnVisit } from '../http/route.ts';
import { BackLink, LinkList } from '../pages/links.tsx';
import { SummaryList } from '../pages/tables.tsx';
import { privacyText } from '../text/privacy.ts';
import { rightsText } from '../text/rights.ts';
import { portalPage } from './frame.tsx';

/** What customers correct themselves, and where; what cannot be changed, why, and how to ask. */
export async function correctPage(visit: OwnVisit): Promise<Response> {
  const { op, owner, language } = visit;
  const all = rightsText[language];
  const words = all.correct;
  const account = await readAccount(op, await op.vault.openFor(op, owner, ['credentials']));
  const change = (key: string, value: string, href: string) => ({
    key,
    value,
    action: { label: words.change, about: key.toLowerCase(), href },
  });
  return portalPage(
    visit,
    { title: words.title, current: 'myData' },
    <>
      <BackLink href="/rights">{all.list.back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <h2>{words.yourself}</h2>
      <SummaryList
        rows={[
          change(words.name, account.name, '/settings/name'),
          change(words.email, account.email, '/settings/email'),
          change(words.language, privacyText[language].languages[account.language], '/settings'),
          {
            key: words.delivery,
            value: words.toHistory,
            action: { label: words.choose, href: '/history' },
          },
        ]}
      />
      <h2>{words.not}</h2>
      <SummaryList
        rows={Object.values(words.notRows).map(([what, why]) => ({ key: what, value: why }))}
      />
      <h2>{words.ask}</h2>
      <p>{words.askText}</p>
      <LinkList
        links={[
          { href: '/rights/ask', label: words.askLink, icon: 'mail' },
          { href: '/rights/restrict', label: words.restrictLink, icon: 'hand' },
        ]}
      />
    </>,
  );
}
