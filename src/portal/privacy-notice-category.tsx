import type { Visit } from '../http/route.ts';
import { holdings } from '../holdings.ts';
import { Details } from '../pages/notices.tsx';
import { SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import type { CategoryName } from '../policy/categories.ts';
import { notice } from '../policy/notice.ts';
import { purposeNames, purposesOf } from '../policy/rules.ts';
import { parties } from '../policy/shape.ts';
import type { Party, PurposeDeclaration, Words } from '../policy/shape.ts';
import { customerPurposes } from '../requests/insight.ts';
import type { InsightPurpose } from '../requests/insight.ts';
import type { Language } from '../text/bilingual.ts';
import { list } from '../text/format.ts';
import { noticeText } from '../text/privacy-notice.ts';
import { partyText } from '../text/privacy-states.ts';
import { storedText } from '../text/privacy-stored.ts';
import type { PersonalTable } from '../text/stored-words.ts';
import { PurposesByGround } from './privacy-purposes.tsx';

/** What the policy says of one category: fields, how long, where from, who sees it, why. */
export function CategoryFacts({ visit, category }: { visit: Visit; category: CategoryName }) {
  const { language } = visit;
  const words = noticeText[language];
  const { fields, source } = notice.categories[category];
  const labels = Object.values<Words>(fields).map((label) => label[language]);
  const rows: SummaryRow[] = [
    { key: words.fields, value: <Items items={labels} /> },
    { key: words.keptFor, value: <Items items={keptFor(category, language)} /> },
    { key: words.source, value: source[language] },
    ...whoRow(category, language),
  ];
  return (
    <Details summary={words.exactly}>
      <SummaryList
        rows={[
          ...rows,
          {
            key: words.purposes,
            value: <PurposesByGround purposes={purposesFor(category)} language={language} />,
          },
        ]}
      />
    </Details>
  );
}

function Items({ items }: { items: readonly string[] }) {
  const [first, ...others] = items;
  if (others.length === 0) return <>{first}</>;
  return (
    <ul>
      {items.map((item) => (
        <li>{item}</li>
      ))}
    </ul>
  );
}

/** How long each kind of row is kept: the same words that the retention routine's numbers stand beside. */
function keptFor(category: CategoryName, language: Language): string[] {
  // The list has its rows before what they refer to; people expect the account before its devices.
  const kept = holdings.filter((one) => one.category === category).toReversed();
  const rules = [...new Set(kept.map(({ keep }) => keep))];
  if (rules.length === 0) return [noticeText[language].nothingYet];
  return rules.map((rule) => {
    const headings = kept
      .filter(({ keep }) => keep === rule)
      .map(({ table }) => storedText[language][table as PersonalTable].heading);
    return `${inOneSentence(headings, language)}: ${notice.keeping[rule].words[language]}`;
  });
}

/** Several headings as the beginning of one sentence: only the first keeps its capital. */
function inOneSentence([first = '', ...others]: readonly string[], language: Language): string {
  const small = others.map((words) => words.charAt(0).toLowerCase() + words.slice(1));
  return list([first, ...small], language);
}

/** Staff see a customer's data only with a reason; what concerns staff alone is said for them. */
function purposesFor(category: CategoryName): InsightPurpose[] {
  if (category !== 'staff') return customerPurposes(category);
  return purposesOf(category).map((name): InsightPurpose => {
    const { words, basis }: PurposeDeclaration = notice.purposes[name];
    return { words, basis, interest: null };
  });
}

function whoRow(category: CategoryName, language: Language): SummaryRow[] {
  const words = noticeText[language];
  const mayLook = (party: Party) =>
    purposeNames().some((name) => {
      const { opens, own }: PurposeDeclaration = notice.purposes[name];
      return own !== true && opens[party]?.includes(category) === true;
    });
  const roles = parties.filter(
    (party) => !['nobody', 'customer', 'routine'].includes(party) && mayLook(party),
  );
  const names = roles.map((party) => partyText[language][party]);
  const lines = [
    ...(mayLook('customer') ? [words.whoOwn] : []),
    ...(names.length > 0 ? [words.whoStaff(inOneSentence(names, language))] : []),
    ...(mayLook('routine') ? [words.whoRoutine] : []),
  ];
  return lines.length === 0 ? [] : [{ key: words.who, value: <Items items={lines} /> }];
}
