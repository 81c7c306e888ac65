import { refundStates } from '../bookkeeping/refunds.ts';
import { readStatement } from '../history/reversal-statement.ts';
import { readWhole } from '../history/whole-order.ts';
import type { Reversal, WholeOrder } from '../history/whole-order.ts';
import type { BuyerVisit } from '../http/route.ts';
import { Actions, ButtonLink } from '../pages/forms.tsx';
import { SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import { Problem } from '../problem.ts';
import { buyerTakeBackText } from '../text/buyer-take-back.ts';
import { chosenInWords } from './buyer-take-back.tsx';
import { SendBack } from './buyer-withdraw-pages.tsx';
import { orderIdOf, orderPath, placeOf, rowIdIn } from './buyer-visit.ts';
import { kindOf, momentToTheSecond, moneyInWords } from './buyer-words.ts';
import { portalPage } from './frame.tsx';
import { PrintButton } from './print-button.tsx';

/** What was cancelled or withdrawn from, when, and where the money is: to read, print and keep. */
export async function takenBackPage(visit: BuyerVisit): Promise<Response> {
  const { op, owner, language } = visit;
  const opener = await op.vault.openFor(op, owner, ['history']);
  const whole = await readWhole(op, opener, orderIdOf(visit));
  const id = rowIdIn(visit.params['reversal']);
  const reversal = whole.reversals.find(({ reversalId }) => reversalId === id);
  if (!reversal) throw new Problem('not-found');
  const statement = await readStatement(op, opener, reversal.reversalId);
  const words = buyerTakeBackText[language].done;
  const title = titleOf(whole, reversal, words);
  return portalPage(
    visit,
    { title, current: placeOf(visit) },
    <>
      <h1>{title}</h1>
      <p class="lead" role="status">
        {reversal.kind === 'withdrawal' ? words.withdrawnLead : words.cancelledLead}
      </p>
      <SummaryList rows={await rowsOf(visit, { whole, reversal, statement })} />
      {reversal.state === 'awaiting-goods' && <SendBack language={language} />}
      <Actions>
        <ButtonLink href={orderPath(visit)}>{words.toOrder}</ButtonLink>
        <PrintButton label={words.print} />
      </Actions>
    </>,
  );
}

type Shown = {
  readonly whole: WholeOrder;
  readonly reversal: Reversal;
  readonly statement: string | null;
};

async function rowsOf(
  { op, language }: BuyerVisit,
  { whole, reversal, statement }: Shown,
): Promise<SummaryRow[]> {
  const all = buyerTakeBackText[language];
  const { refundId, lines } = reversal;
  const refunds = await refundStates(op, refundId === null ? [] : [refundId]);
  const refund = refundId === null ? undefined : refunds.get(refundId);
  return [
    { key: all.done.received, value: momentToTheSecond(reversal.askedAt, language) },
    { key: all.done.order, value: whole.order.number },
    {
      key: all.done.what,
      value: chosenInWords(whole, lines, language).map((line) => <div>{line}</div>),
    },
    ...(statement === null ? [] : [{ key: all.withdraw.message, value: statement }]),
    { key: all.refund, value: moneyInWords(whole, reversal, refund, language) },
  ];
}

function titleOf(
  whole: WholeOrder,
  { kind, lines: of }: Reversal,
  words: (typeof buyerTakeBackText)['sv']['done'],
): string {
  switch (kind) {
    case 'withdrawal':
      return words.withdrawn;
    case 'cancellation':
      return words.cancelled[isOfTimes(whole, of) ? 'times' : 'order'];
    case 'refund':
    case 'lapse':
      return words.refunded;
  }
}

function isOfTimes({ lines }: WholeOrder, of: Reversal['lines']): boolean {
  const taken = lines.filter((line) => of.some(({ lineId }) => lineId === line.lineId));
  return kindOf(taken) === 'times';
}
