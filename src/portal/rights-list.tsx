import type { OwnVisit } from '../http/route.ts';
import { BackLink, LinkList } from '../pages/links.tsx';
import type { LinkRow } from '../pages/links.tsx';
import { SummaryList } from '../pages/tables.tsx';
import { Problem } from '../problem.ts';
import { privacyText } from '../text/privacy.ts';
import { rightsText } from '../text/rights.ts';
import { portalPage } from './frame.tsx';
import { CompanyAddress } from './rights-parts.tsx';

/** What customers may demand: each right a line, and a page of its own. */
export function rightsPage(visit: OwnVisit): Promise<Response> {
  const words = rightsText[visit.language].list;
  const { automatic } = privacyText[visit.language].rights;
  return portalPage(
    visit,
    { title: words.title, current: 'myData' },
    <>
      <BackLink href="/my-data">{privacyText[visit.language].myData.title}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <LinkList links={rightsRows(visit)} />
      <p class="soft">{automatic}</p>
    </>,
  );
}

const icons = {
  access: 'eye',
  correct: 'pencil',
  move: 'download',
  erase: 'trash',
  restrict: 'hand',
  object: 'ban',
  protected: 'shield-check',
  ask: 'mail',
} as const;

const addresses = {
  access: '/rights/access',
  correct: '/rights/correct',
  move: '/rights/move',
  erase: '/rights/erase',
  restrict: '/rights/restrict',
  object: '/rights/object',
  protected: '/rights/protected-identity',
  ask: '/rights/ask',
} as const;

type Right = keyof typeof addresses;

function rightsRows({ language }: OwnVisit): LinkRow[] {
  const { links } = rightsText[language].list;
  return (Object.keys(addresses) as Right[]).map((right) => ({
    href: addresses[right],
    label: links[right][0],
    description: links[right][1],
    icon: icons[right],
  }));
}

const plain = {
  access: '/my-data',
  move: '/my-data/download',
  erase: '/close',
  ask: null,
} as const;

/** One right in plain words: what to do, what happens next, and by when. */
export function plainRightPage(visit: OwnVisit): Promise<Response> {
  const right = visit.params['right'] ?? '';
  if (!isPlain(right)) throw new Problem('not-found');
  const all = rightsText[visit.language];
  const words = all[right];
  const link = plain[right];
  return portalPage(
    visit,
    { title: words.title, current: 'myData' },
    <>
      <BackLink href="/rights">{all.list.back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <SummaryList
        rows={[
          { key: all.frame.how, value: words.how },
          { key: all.frame.next, value: words.next },
          { key: all.frame.when, value: words.when },
        ]}
      />
      {link === null ? (
        <AskAndComplain visit={visit} />
      ) : (
        <LinkList links={[{ href: link, label: 'link' in words ? words.link : '' }]} />
      )}
    </>,
  );
}

function isPlain(word: string): word is keyof typeof plain {
  return Object.hasOwn(plain, word);
}

function AskAndComplain({ visit }: { visit: OwnVisit }) {
  const words = rightsText[visit.language].ask;
  return (
    <>
      <h2>{words.address}</h2>
      <CompanyAddress />
      <h2>{words.complainTitle}</h2>
      <p>
        {words.complain} <a href="https://www.imy.se/">{words.authority}</a>
      </p>
    </>
  );
}
