/** What a person who tries the demo sees of the banks: the payments, what can happen to them, and the weather. */
import { swishLaterCodes } from '../history/payments/swish-errors.ts';
import { money } from '../text/format.ts';
import type { PaymentAtBank, RefundAtBank } from './bank-counter.ts';
import { BankLayout } from './bank-layout.tsx';
import { bankWeathers } from './bank-weather.ts';
import type { BankWeather } from './bank-weather.ts';
import { Time } from './stand-in-page.tsx';

/** Why banks decline cards, as Stripe names it. */
export const cardDeclines = [
  'insufficient_funds',
  'expired_card',
  'lost_card',
  'do_not_honor',
  'authentication_required',
  'processing_error',
] as const;

/** The newest; the others are still there. */
const endedShown = 100;

const stateWords = {
  waiting: 'Waiting',
  processing: 'Under way',
  paid: 'Paid',
  declined: 'Declined',
  cancelled: 'Cancelled by the shop',
  expired: 'Timed out',
  failed: 'Failed',
  'under-way': 'Under way',
  done: 'Done',
} as const;

export function BankPage(props: { payments: readonly PaymentAtBank[]; weather: BankWeather }) {
  const { payments, weather } = props;
  const waiting = payments.filter(isWaiting);
  const ended = payments.filter((payment) => !isWaiting(payment)).slice(0, endedShown);
  return (
    <BankLayout title="Payments">
      <div class="columns">
        <div>
          <section aria-labelledby="waiting">
            <h1 id="waiting">Payments waiting</h1>
            <p class="subtitle" lang="sv">
              Betalningar som väntar på kunden
            </p>
            {waiting.length === 0 ? <NothingWaits /> : <PaymentList payments={waiting} />}
          </section>
          <section aria-labelledby="ended">
            <h2 id="ended">Payments that have ended</h2>
            <p class="subtitle" lang="sv">
              Avslutade betalningar
            </p>
            {ended.length === 0 ? <p class="empty">None yet.</p> : <PaymentList payments={ended} />}
          </section>
        </div>
        <aside>
          <WeatherPanel weather={weather} />
        </aside>
      </div>
    </BankLayout>
  );
}

function isWaiting({ state }: PaymentAtBank): boolean {
  return state === 'waiting' || state === 'processing';
}

function NothingWaits() {
  return (
    <p class="empty">
      Nobody is paying. Place an order and choose Swish or card, then <a href="/">look again</a>.
    </p>
  );
}

function PaymentList({ payments }: { payments: readonly PaymentAtBank[] }) {
  return (
    <ol class="payments">
      {payments.map((payment) => (
        <li>
          <p class="subject">
            {payment.text === '' ? 'A payment without words' : payment.text},{' '}
            {money(payment.amountOre, 'en')}
          </p>
          <p class="meta">
            {payment.way === 'swish' ? 'Swish' : 'Card'} · {stateWords[payment.state]}
            {payment.code === null ? '' : ` (${payment.code})`} · <Time at={payment.createdAt} />
          </p>
          <PaymentForm payment={payment} />
          {payment.refunds.map((refund) => (
            <RefundLine refund={refund} />
          ))}
        </li>
      ))}
    </ol>
  );
}

function PaymentForm({ payment }: { payment: PaymentAtBank }) {
  const { id, way, state, text, payerPath } = payment;
  if (state === 'paid' && way === 'card') {
    return (
      <form method="post" action={`/payments/${id}`} class="actions">
        <Act does="dispute" label="Dispute" about={text} />
      </form>
    );
  }
  if (!isWaiting(payment)) return <></>;
  return (
    <form method="post" action={`/payments/${id}`} class="actions">
      <Act does="approve" label="Approve" about={text} />
      <Act does="decline" label="Decline" about={text} />
      {state === 'waiting' && <Act does="time-out" label="Let it time out" about={text} />}
      {state === 'waiting' && way === 'card' && <Act does="hold" label="Take time" about={text} />}
      {payerPath !== null && (
        <a class="button" href={payerPath}>
          {way === 'swish' ? 'Open in Swish' : 'Open the card page'}
        </a>
      )}
      <div class="pair">
        <CodeChoice id={id} codes={way === 'swish' ? Object.keys(swishLaterCodes) : cardDeclines} />
        <Act does="fail" label="Make it fail" about={text} />
      </div>
    </form>
  );
}

function Act({ does, label, about }: { does: string; label: string; about: string }) {
  return (
    <button type="submit" name="do" value={does} aria-label={`${label}: ${about}`} class="quiet">
      {label}
    </button>
  );
}

function CodeChoice({ id, codes }: { id: string; codes: readonly string[] }) {
  return (
    <label for={`code-${id}`}>
      <span>Code</span>
      <select name="code" id={`code-${id}`}>
        {codes.map((code) => (
          <option>{code}</option>
        ))}
      </select>
    </label>
  );
}

function RefundLine({ refund }: { refund: RefundAtBank }) {
  return (
    <div class="refund">
      <p class="meta">
        Refund of {money(refund.amountOre, 'en')} · {stateWords[refund.state]}
        {refund.code === null ? '' : ` (${refund.code})`}
      </p>
      {refund.state === 'under-way' && (
        <form method="post" action={`/refunds/${refund.id}`} class="actions">
          <Act does="approve" label="Pay back" about={refund.id} />
          <Act does="fail" label="Make it fail" about={refund.id} />
        </form>
      )}
    </div>
  );
}

function WeatherPanel({ weather }: { weather: BankWeather }) {
  return (
    <section class="panel" aria-labelledby="weather">
      <h2 id="weather">The banks’ weather</h2>
      <p class="subtitle" lang="sv">
        Låt bankerna bete sig illa
      </p>
      <form method="post" action="/weather">
        <Choice part="line" legend="When asked" weather={weather} />
        <Choice part="callbacks" legend="Callbacks" weather={weather} />
        <Choice part="truth" legend="What it says of a payment" weather={weather} />
        <Choice part="refunds" legend="Refunds" weather={weather} />
        <button type="submit">Set the weather</button>
      </form>
    </section>
  );
}

function Choice(props: { part: keyof BankWeather; legend: string; weather: BankWeather }) {
  const { part, legend, weather } = props;
  return (
    <fieldset>
      <legend>{legend}</legend>
      {Object.entries(bankWeathers[part]).map(([value, label]) => (
        <label>
          <input type="radio" name={part} value={value} checked={value === weather[part]} /> {label}
        </label>
      ))}
    </fieldset>
  );
}
