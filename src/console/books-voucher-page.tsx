import type { BookEntry } from '../bookkeeping/entries.ts';
import { entriesOf, referringTo, vouchersAt } from '../bookkeeping/vouchers.ts';
import type { ListedVoucher } from '../bookkeeping/vouchers.ts';
import { voucherName } from '../bookkeeping/voucher-words.ts';
import { listYearStates } from '../bookkeeping/year-states.ts';
import type { YearState } from '../bookkeeping/year-states.ts';
import type { OwnVisit } from '../http/route.ts';
import { Actions, ButtonLink } from '../pages/forms.tsx';
import { href } from '../pages/href.ts';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { DataTable, Day, Moment, Price, SummaryList } from '../pages/tables.tsx';
import type { Column, SummaryRow } from '../pages/tables.tsx';
import type { Language } from '../text/bilingual.ts';
import { consoleBooksText } from '../text/console-books.ts';
import {
  accountWords,
  nameOf,
  pathOfVoucher,
  pathOfYear,
  voucherIn,
  yearIn,
} from './books-visit.ts';
import { consolePage } from './frame.tsx';

/** One voucher by what is in clear, with its rows, and what it changes or was changed by. Opens nothing. */
export async function showVoucher(visit: OwnVisit): Promise<Response> {
  const { op, language, query } = visit;
  const year = await yearIn(visit);
  const voucher = await voucherIn(visit, year);
  const all = consoleBooksText[language];
  const words = all.voucher;
  const found = await entriesOf(op, year.owner, [voucher.voucherId]);
  const entries = found.get(voucher.voucherId) ?? [];
  const related = await relatedTo(visit, voucher);
  const isCorrected = related.since.some(({ kind }) => kind === 'correction');
  return consolePage(
    visit,
    { title: words.heading(voucher.name), current: 'books' },
    <>
      <BackLink href={`${pathOfYear(year)}/vouchers`}>{words.back(nameOf(year))}</BackLink>
      <h1>{words.heading(voucher.name)}</h1>
      {query.get('done') === 'corrected' && (
        <Notice kind="success" title={words.done} role="status" />
      )}
      {isCorrected && (
        <Notice kind="info" title={words.corrected}>
          <p>{words.correctedText}</p>
        </Notice>
      )}
      <SummaryList rows={[...factsOf(voucher, language), ...relatedRows(related, language)]} />
      <h2>{words.rows}</h2>
      {entries.length === 0 ? (
        <p>{words.noRows}</p>
      ) : (
        <Entries entries={entries} language={language} />
      )}
      <Actions>
        <ButtonLink href={`${pathOfVoucher(voucher)}/open`} icon="eye">
          {words.open}
        </ButtonLink>
        {!isCorrected && entries.length > 0 && (
          <ButtonLink href={`${pathOfVoucher(voucher)}/correct`} kind="secondary" icon="pencil">
            {words.correct}
          </ButtonLink>
        )}
      </Actions>
    </>,
  );
}

/** What is in clear of a voucher, a line each. */
export function factsOf(voucher: ListedVoucher, language: Language): SummaryRow[] {
  const all = consoleBooksText[language];
  const words = all.voucher;
  return [
    { key: words.kind, value: all.kinds[voucher.kind] },
    { key: words.event, value: <Day value={voucher.eventOn} language={language} /> },
    { key: words.compiled, value: <Moment value={voucher.compiledAt} language={language} /> },
    { key: words.way, value: voucher.way === null ? all.noWay : all.ways[voucher.way] },
    { key: words.amount, value: <Price ore={voucher.totalOre} language={language} /> },
  ];
}

/** The rows of a voucher: debit to the left, credit to the right, as books have them. */
export function Entries(props: { entries: readonly BookEntry[]; language: Language }) {
  const { entries, language } = props;
  const words = consoleBooksText[language].voucher;
  const columns: Column<BookEntry>[] = [
    {
      header: words.account,
      rowHeader: true,
      cell: ({ account }) => accountWords(account, language),
    },
    {
      header: words.debit,
      kind: 'number',
      cell: ({ amountOre }) => amountOre > 0 && <Price ore={amountOre} language={language} />,
    },
    {
      header: words.credit,
      kind: 'number',
      cell: ({ amountOre }) => amountOre < 0 && <Price ore={-amountOre} language={language} />,
    },
  ];
  return <DataTable caption={words.rows} captionHidden columns={columns} rows={entries} />;
}

type Named = ListedVoucher & { readonly name: string };
type Related = {
  /** `ended`: it refers to a year that is erased. */
  readonly refers: Named | 'ended' | null;
  readonly since: readonly Named[];
};

async function relatedTo({ op }: OwnVisit, voucher: ListedVoucher): Promise<Related> {
  const years = await listYearStates(op);
  const [original] = voucher.refers === null ? [] : await vouchersAt(op, [voucher.refers]);
  const since = (await referringTo(op, voucher)).flatMap((one) => named(one, years));
  const [refers = 'ended' as const] = original ? named(original, years) : [];
  return { refers: voucher.refers === null ? null : refers, since };
}

function named(voucher: ListedVoucher, years: readonly YearState[]): Named[] {
  const year = years.find(({ owner }) => owner === voucher.year);
  return year ? [{ ...voucher, name: voucherName({ ...voucher, year }) }] : [];
}

function relatedRows({ refers, since }: Related, language: Language): SummaryRow[] {
  const words = consoleBooksText[language].voucher;
  return [
    ...(refers === null
      ? []
      : [
          {
            key: words.refers,
            value: refers === 'ended' ? words.refersEnded : <VoucherLink voucher={refers} />,
          },
        ]),
    ...since.map((voucher) => ({
      key: words.since,
      value: (
        <>
          <VoucherLink voucher={voucher} /> ({consoleBooksText[language].kinds[voucher.kind]})
        </>
      ),
    })),
  ];
}

function VoucherLink({ voucher }: { voucher: Named }) {
  return <a href={href(pathOfVoucher(voucher))}>{voucher.name}</a>;
}
