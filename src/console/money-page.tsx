import { listDisputes } from '../bookkeeping/disputes.ts';
import type { Dispute } from '../bookkeeping/disputes.ts';
import { refundsUnsettled } from '../bookkeeping/refunds.ts';
import type { Refund } from '../bookkeeping/refunds.ts';
import { paymentsUnsettled } from '../history/payments/payment-rows.ts';
import type { Payment } from '../history/payments/payment-rows.ts';
import { endsSoon } from '../history/payments/swish-certificate.ts';
import { ordersOfRefunds } from '../history/refund-news.ts';
import type { OwnVisit } from '../http/route.ts';
import { Button, Form } from '../pages/forms.tsx';
import { EmptyState, Notice } from '../pages/notices.tsx';
import { DataTable } from '../pages/tables.tsx';
import type { Operation } from '../operation.ts';
import { moneyText } from '../text/console-money.ts';
import { date } from '../text/format.ts';
import { consolePage, customerStaff } from './frame.tsx';
import { disputeColumns, paymentColumns, refundColumns } from './money-columns.tsx';
import type { OrdersOfRefunds } from './money-columns.tsx';

export const moneyRoom = '/console/money';
/** Longer than any customer takes. */
const patienceMinutes = 10;

type Money = {
  readonly payments: readonly Payment[];
  readonly refunds: readonly Refund[];
  readonly disputes: readonly Dispute[];
  readonly orders: OrdersOfRefunds;
};

/** When the certificate for Swish ends; null where there is none. */
export type CertificateEnd = Temporal.Instant | null;

/** Money that is not where it should be, and what to do about it. Nothing is opened. */
export function showMoney(certificateEnds: CertificateEnd) {
  return async (visit: OwnVisit): Promise<Response> => {
    const words = moneyText[visit.language];
    const money = await readMoney(visit.op);
    return consolePage(
      visit,
      { title: words.title, current: 'money' },
      <>
        <h1>{words.title}</h1>
        <Told visit={visit} />
        <p class="lead">{words.lead}</p>
        <Certificate visit={visit} endsAt={certificateEnds} />
        <Waiting visit={visit} money={money} />
        <Disputes visit={visit} disputes={money.disputes} />
      </>,
    );
  };
}

/** How much money waits for somebody or something: payments and refunds that are not settled. */
export async function countUnsettled(op: Operation): Promise<number> {
  const [payments, refunds] = await Promise.all([waitingPayments(op), refundsUnsettled(op)]);
  return payments.length + refunds.length;
}

async function readMoney(op: Operation): Promise<Money> {
  const [payments, refunds, disputes] = await Promise.all([
    waitingPayments(op),
    refundsUnsettled(op),
    listDisputes(op),
  ]);
  const orders = await ordersOfRefunds(
    op,
    refunds.map(({ refundId }) => refundId),
  );
  return { payments, refunds, disputes, orders };
}

function waitingPayments(op: Operation): Promise<Payment[]> {
  return paymentsUnsettled(op, op.now.subtract({ minutes: patienceMinutes }));
}

function Told({ visit }: { visit: OwnVisit }) {
  const words = moneyText[visit.language];
  const done = visit.query.get('done');
  if (done === 'asked') return <Notice kind="info" title={words.asked} role="status" />;
  return done === 'paid-back' ? <Notice kind="success" title={words.done} role="status" /> : null;
}

function Certificate({ visit, endsAt }: { visit: OwnVisit; endsAt: CertificateEnd }) {
  const { op, language } = visit;
  const words = moneyText[language].certificate;
  if (endsAt === null || !endsSoon(endsAt, op.now)) return null;
  const isOver = Temporal.Instant.compare(endsAt, op.now) <= 0;
  const day = date(endsAt, language);
  return (
    <Notice kind="warning" title={isOver ? words.ended(day) : words.soon(day)}>
      <p>{words.text}</p>
    </Notice>
  );
}

function Waiting({ visit, money }: { visit: OwnVisit; money: Money }) {
  const { language, session } = visit;
  const words = moneyText[language];
  const { payments, refunds, orders } = money;
  const mayOpen = customerStaff.some((role) => role === session.role);
  if (payments.length + refunds.length === 0)
    return (
      <EmptyState title={words.calm} icon="circle-check">
        <p>{words.calmText}</p>
      </EmptyState>
    );
  return (
    <>
      {payments.length > 0 && (
        <>
          <h2>{words.payments}</h2>
          <p>{words.paymentsText}</p>
          <DataTable
            caption={words.payments}
            captionHidden
            columns={paymentColumns(language, mayOpen)}
            rows={payments}
          />
        </>
      )}
      {refunds.length > 0 && (
        <>
          <h2>{words.refunds}</h2>
          <DataTable
            caption={words.refunds}
            captionHidden
            columns={refundColumns(language, mayOpen, orders)}
            rows={refunds}
          />
        </>
      )}
      <Form action={`${moneyRoom}/ask`}>
        <p>{words.askText}</p>
        <Button kind="secondary" icon="refresh-cw">
          {words.ask}
        </Button>
      </Form>
    </>
  );
}

function Disputes({ visit, disputes }: { visit: OwnVisit; disputes: readonly Dispute[] }) {
  const words = moneyText[visit.language];
  if (disputes.length === 0) return null;
  return (
    <>
      <h2>{words.disputes}</h2>
      <p>{words.disputesText}</p>
      <DataTable
        caption={words.disputes}
        captionHidden
        columns={disputeColumns(visit.language)}
        rows={disputes}
      />
    </>
  );
}
