import { payBackByHand, refundStates } from '../bookkeeping/refunds.ts';
import { askAllBanks } from '../history/payments/callbacks.ts';
import { noteRefundEnded } from '../history/refund-news.ts';
import { seeOther } from '../http/answers.ts';
import { allStaff } from '../http/route.ts';
import type { OwnVisit, Route } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import { Actions, Button, ButtonLink, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Problem } from '../problem.ts';
import { moneyText } from '../text/console-money.ts';
import { money } from '../text/format.ts';
import { consolePage } from './frame.tsx';
import { moneyRoom, showMoney } from './money-page.tsx';
import type { CertificateEnd } from './money-page.tsx';
import { isByHand } from './order-standing.ts';

/** What the pages about money need from the running server. */
export type MoneyParts = {
  /** Lets the routine of payments run soon. */
  readonly paymentsDue: () => void;
  /** When the certificate for Swish ends; not there where nobody pays with Swish. */
  readonly certificateEndsAt?: CertificateEnd;
};

// Nothing is opened for this: who is paid back stands in the books, and the bookkeeper opens those for a purpose of theirs.
const own = { purpose: 'employment', access: allStaff } as const;
const refund = `${moneyRoom}/refunds/:refund`;

/** Payments and refunds that are not settled: for support, administrators and bookkeepers. */
export function moneyRoutes(parts: MoneyParts): Route[] {
  return [
    { ...own, method: 'GET', path: moneyRoom, page: showMoney(parts.certificateEndsAt ?? null) },
    {
      ...own,
      method: 'POST',
      path: `${moneyRoom}/ask`,
      page: (visit: OwnVisit) => askNow(visit, parts),
    },
    { ...own, method: 'GET', path: refund, page: confirmPaidBack },
    { ...own, method: 'POST', path: refund, page: takePaidBack },
  ];
}

/** Everything that is under way is asked about at the routine's next turn, which comes now. */
async function askNow({ op }: OwnVisit, { paymentsDue }: MoneyParts): Promise<Response> {
  if (await askAllBanks(op)) paymentsDue();
  return seeOther(`${moneyRoom}?done=asked`);
}

async function confirmPaidBack(visit: OwnVisit): Promise<Response> {
  const { language } = visit;
  const words = moneyText[language];
  const refundId = refundIn(visit);
  const found = (await refundStates(visit.op, [refundId])).get(refundId);
  if (found === undefined || !isByHand(found)) throw new Problem('not-found');
  const title = words.confirmTitle(money(found.amountOre, language));
  return consolePage(
    visit,
    { title, current: 'money' },
    <>
      <BackLink href={moneyRoom}>{words.keep}</BackLink>
      <h1>{title}</h1>
      <p class="lead">{words.confirmText}</p>
      <Form action={`${moneyRoom}/refunds/${refundId}`}>
        <Actions>
          <Button>{words.confirm}</Button>
          <ButtonLink href={moneyRoom} kind="secondary">
            {words.keep}
          </ButtonLink>
        </Actions>
      </Form>
    </>,
  );
}

async function takePaidBack(visit: OwnVisit): Promise<Response> {
  await payBackByHand(visit.op, refundIn(visit), noteRefundEnded);
  return seeOther(`${moneyRoom}?done=paid-back`);
}

function refundIn({ params }: OwnVisit): RowId {
  const id = params['refund'] ?? '';
  if (!isRowId(id)) throw new Problem('not-found');
  return id;
}
