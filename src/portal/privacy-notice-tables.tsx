import type { Visit } from '../http/route.ts';
import { Details } from '../pages/notices.tsx';
import { LinkList } from '../pages/links.tsx';
import { DataTable } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import type { CategoryName } from '../policy/categories.ts';
import { notice } from '../policy/notice.ts';
import type { Purpose } from '../policy/purposes.ts';
import type { RecipientCategoryName } from '../policy/recipients.ts';
import { mayReceive, purposeNames, categoryNames } from '../policy/rules.ts';
import type { Cookie, PurposeDeclaration, Words } from '../policy/shape.ts';
import type { Recipient } from '../recipients/register.ts';
import type { Language } from '../text/bilingual.ts';
import { list } from '../text/format.ts';
import { noticeText } from '../text/privacy-notice.ts';
import { privacyText } from '../text/privacy.ts';
import { countryName } from './privacy-country.ts';
import { rightsLinks } from './privacy-rights.ts';

const secondsOf = { hour: 3600, day: 86_400, year: 31_536_000 } as const;

/** What is not sealed, and why. */
export function Clear({ visit }: { visit: Visit }) {
  const words = noticeText[visit.language];
  return (
    <>
      <p>
        <strong>{words.clearTitle}.</strong> {words.clearText}
      </p>
      <ul>
        {notice.clear.map((line) => (
          <li>{line[visit.language]}</li>
        ))}
      </ul>
    </>
  );
}

/** Every cookie that the server can set. */
export function Cookies({ visit }: { visit: Visit }) {
  const { language } = visit;
  const words = noticeText[language];
  const columns: Column<[string, Cookie]>[] = [
    { header: words.cookie, rowHeader: true, cell: ([name]) => <code translate="no">{name}</code> },
    { header: words.cookieDoes, cell: ([, cookie]) => cookie.words[language] },
    { header: words.cookieLasts, cell: ([, cookie]) => lasting(cookie.max_age_seconds, language) },
  ];
  return (
    <>
      <DataTable
        caption={words.cookies}
        columns={columns}
        rows={Object.entries<Cookie>(notice.cookies)}
      />
      <p>{words.noOthers}</p>
    </>
  );
}

/** A duration in the largest unit that fits: `1 timme`, `30 dygn`, `1 år`. */
function lasting(seconds: number | null, language: Language): string {
  if (seconds === null) return noticeText[language].untilBrowserCloses;
  const unit =
    (['year', 'day', 'hour'] as const).find((one) => seconds >= secondsOf[one]) ?? 'hour';
  const format = new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: 1,
  });
  return format.format(seconds / secondsOf[unit]);
}

/** Every purpose with its ground, and the right that stops it. */
export function Purposes({ visit }: { visit: Visit }) {
  const { language } = visit;
  const words = noticeText[language];
  const { bases } = privacyText[language];
  const declared = (name: Purpose): PurposeDeclaration => notice.purposes[name];
  const interest = (name: Purpose) => declared(name).interest?.[language];
  const stops = (name: Purpose) => declared(name).stoppedBy.map((right) => words.stopWords[right]);
  const columns: Column<Purpose>[] = [
    { header: words.purpose, rowHeader: true, cell: (name) => declared(name).words[language] },
    {
      header: words.basis,
      cell: (name) => [bases[declared(name).basis], interest(name)].filter(Boolean).join(': '),
    },
    { header: words.stops, cell: (name) => list(stops(name), language) || words.stopsNothing },
  ];
  return (
    <Details summary={words.allPurposes}>
      <DataTable
        caption={words.allPurposes}
        captionHidden
        columns={columns}
        rows={purposeNames()}
      />
    </Details>
  );
}

/** The kinds of recipients, all that each may be given, and who they are today. */
export function RecipientsTable(props: { visit: Visit; register: readonly Recipient[] }) {
  const { visit, register } = props;
  const { language } = visit;
  const words = noticeText[language];
  const kinds = Object.keys(notice.recipients) as RecipientCategoryName[];
  const columns: Column<RecipientCategoryName>[] = [
    {
      header: words.kind,
      rowHeader: true,
      cell: (kind) => notice.recipients[kind].words[language],
    },
    { header: words.role, cell: (kind) => words.roles[notice.recipients[kind].role] },
    { header: words.mayReceive, cell: (kind) => mayReceiveInWords(kind, language) },
    {
      header: words.now,
      cell: (kind) => <NamesOf visit={visit} kind={kind} register={register} />,
    },
  ];
  return <DataTable caption={words.recipients} columns={columns} rows={kinds} />;
}

function mayReceiveInWords(kind: RecipientCategoryName, language: Language): string {
  const labels = categoryNames().flatMap((category) => {
    const fields = purposeNames().flatMap((purpose) => mayReceive(kind, purpose, category));
    return [...new Set(fields)].map((field) => labelOf(category, field)[language].toLowerCase());
  });
  return list([...new Set(labels)], language) || noticeText[language].receivesNothing;
}

function labelOf(category: CategoryName, field: string): Words {
  const fields: Readonly<Record<string, Words>> = notice.categories[category].fields;
  return fields[field] ?? { sv: field, en: field };
}

function NamesOf(props: {
  visit: Visit;
  kind: RecipientCategoryName;
  register: readonly Recipient[];
}) {
  const { visit, kind, register } = props;
  const words = noticeText[visit.language];
  const own = register.filter(({ category }) => category === kind);
  if (own.length === 0) return <>{words.nobodyNow}</>;
  return (
    <ul>
      {own.map(({ name, country, noticeUrl }) => (
        <li>
          {`${name}, ${countryName(country, visit.language)}`}
          {noticeUrl !== null && (
            <>
              {' ('}
              <a href={noticeUrl}>{words.ownNotice}</a>)
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The controller's address, what a customer can ask for and where. */
export function ContactAndRights({ visit }: { visit: Visit }) {
  const words = noticeText[visit.language];
  const { rights } = privacyText[visit.language];
  const { name, organisation_number, street, postal_code, town } = notice.controller;
  return (
    <>
      <address>
        <p>
          <strong>{name}</strong>
          <br />
          {street}
          <br />
          {`${postal_code} ${town}`}
          <br />
          {`${words.organisationNumber} ${organisation_number}`}
        </p>
      </address>
      <h4>{words.rights}</h4>
      <LinkList
        links={[
          { href: '/my-data', label: words.see, description: words.seeText, icon: 'eye' },
          ...rightsLinks(visit.language),
        ]}
      />
      <p>
        <strong>{words.mustYou}</strong> {words.mustYouText} {rights.automatic}
      </p>
    </>
  );
}
