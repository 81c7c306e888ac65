import { download } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { BackLink, DownloadLink } from '../pages/links.tsx';
import { DataTable, Moment, SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import { exportStaffInsight, gatherStaffInsight } from '../requests/staff-insight.ts';
import type { StaffInsight, StaffTable } from '../requests/staff-insight.ts';
import type { InsightRow } from '../requests/insight.ts';
import type { Look, Received } from '../requests/traces.ts';
import { wordedValues } from '../requests/value-words.ts';
import type { Language } from '../text/bilingual.ts';
import { ownText } from '../text/console-own.ts';
import { list } from '../text/format.ts';
import { storedText } from '../text/privacy-stored.ts';
import type { PersonalTable } from '../text/stored-words.ts';
import { partyWords } from './customer-purposes.ts';
import { consolePage, ownPage } from './frame.tsx';

/** Everything that is stored about the member of staff who asks. */
export async function showOwnData(visit: OwnVisit): Promise<Response> {
  const { language } = visit;
  const all = ownText[language];
  const words = all.stored;
  const insight = await gatherStaffInsight(visit.op, visit.owner);
  return consolePage(
    visit,
    { title: words.title },
    <>
      <BackLink href={ownPage}>{all.back}</BackLink>
      <h1>{words.title}</h1>
      <p>
        <DownloadLink href={`${ownPage}/data/download`}>{all.download}</DownloadLink>
      </p>
      {insight.tables.map((table) => (
        <OneTable table={table} language={language} />
      ))}
      <h2>{words.looks}</h2>
      <Looks looks={insight.looks} language={language} />
      <h2>{words.received}</h2>
      <Recipients received={insight.received} language={language} />
      <h2>{words.purposes}</h2>
      <Purposes insight={insight} language={language} />
    </>,
  );
}

/** The same as a file. */
export async function downloadOwnData({ op, owner, language }: OwnVisit): Promise<Response> {
  const body = await exportStaffInsight(op, owner, language);
  return download(body, 'my-data.json', 'application/json; charset=utf-8');
}

/** The looks and disclosures have tables of their own below. */
const shownApart = ['vault.look', 'recipients.disclosure', 'recipients.outcome'];

function OneTable({ table, language }: { table: StaffTable; language: Language }) {
  if (shownApart.includes(table.table)) return null;
  const words = ownText[language].stored;
  return (
    <section>
      <h2>{storedText[language][table.table].heading}</h2>
      {table.rows.map((row) => (
        <SummaryList rows={rowsOf(table.table, row, language)} />
      ))}
      <p class="soft">{`${words.kept}: ${table.kept?.[language] ?? words.whileHere}`}</p>
    </section>
  );
}

/** The role stands twice in a row, sealed and in clear: once is enough to read. */
function rowsOf(table: PersonalTable, row: InsightRow, language: Language): SummaryRow[] {
  const values = wordedValues(table, row, language);
  const shown = values.filter(
    ({ name }, place) => values.findLastIndex((one) => one.name === name) === place,
  );
  return shown.map(({ label, text }) => ({ key: label, value: text }));
}

function Looks({ looks, language }: { looks: readonly Look[]; language: Language }) {
  const words = ownText[language].stored;
  if (looks.length === 0) return <p>{words.noLooks}</p>;
  return (
    <DataTable
      caption={words.looks}
      captionHidden
      columns={[
        {
          header: words.when,
          rowHeader: true,
          cell: ({ at }: Look) => <Moment value={at} language={language} />,
        },
        { header: words.who, cell: ({ party }: Look) => partyWords(party, language) },
        { header: words.why, cell: ({ purpose }: Look) => purpose[language] },
      ]}
      rows={looks}
    />
  );
}

function Recipients({ received, language }: { received: readonly Received[]; language: Language }) {
  const words = ownText[language].stored;
  if (received.length === 0) return <p>{words.noReceived}</p>;
  return (
    <DataTable
      caption={words.received}
      captionHidden
      columns={[
        {
          header: words.when,
          rowHeader: true,
          cell: ({ at }: Received) => <Moment value={at} language={language} />,
        },
        { header: words.recipient, cell: ({ recipient }: Received) => recipient },
        {
          header: words.fields,
          cell: ({ fields }: Received) =>
            list(
              fields.map((field) => field[language]),
              language,
            ),
        },
      ]}
      rows={received}
    />
  );
}

function Purposes({ insight, language }: { insight: StaffInsight; language: Language }) {
  return (
    <ul>
      {insight.purposes.map(({ words }) => (
        <li>{words[language]}</li>
      ))}
    </ul>
  );
}
