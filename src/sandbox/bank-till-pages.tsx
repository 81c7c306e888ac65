/** What the payer sees in the sandbox instead of the hosted card page, and instead of the Swish app. */
import type { Child } from 'hono/jsx';
import { money } from '../text/format.ts';
import type { CardSession, SwishPayment } from './bank-books.ts';
import { BankLayout } from './bank-layout.tsx';
import { cardDeclines } from './bank-pages.tsx';

export function CheckoutPage({ session, leaveUrl }: { session: CardSession; leaveUrl: string }) {
  const { id, line, amountOre, status, declineCode, cancelUrl } = session;
  return (
    <TillPage title="Pay by card" swedish="Betala med kort" line={line} amountOre={amountOre}>
      {declineCode !== null && status === 'open' && (
        <p class="refusal" role="alert">
          The card was declined ({declineCode}). Try another one.{' '}
          <span lang="sv">Kortet nekades. Prova ett annat.</span>
        </p>
      )}
      {status === 'open' ? (
        <form method="post" action={`/checkout/${id}`}>
          <CardChoice />
          <div class="actions">
            <button type="submit">Pay {money(amountOre, 'en')}</button>
            {cancelUrl !== null && (
              <a class="button" href={cancelUrl}>
                Back to the shop
              </a>
            )}
          </div>
        </form>
      ) : (
        <Ended how={status === 'complete' ? 'paid' : 'over'} leaveUrl={leaveUrl} />
      )}
    </TillPage>
  );
}

/** There is no field for a number on purpose: nobody should type a real one here. */
function CardChoice() {
  return (
    <fieldset>
      <legend>Test card</legend>
      <label>
        <input type="radio" name="card" value="works" checked /> A card that works
      </label>
      {cardDeclines.map((code) => (
        <label>
          <input type="radio" name="card" value={code} /> A card that is declined: {code}
        </label>
      ))}
      <label>
        <input type="radio" name="card" value="processing" /> A card whose bank takes its time
      </label>
    </fieldset>
  );
}

export function SwishAppPage(props: { payment: SwishPayment; returnUrl: string | null }) {
  const { payment, returnUrl } = props;
  const { token, message, amountOre, status } = payment;
  return (
    <TillPage title="Swish" swedish="Godkänn betalningen" line={message} amountOre={amountOre}>
      {status === 'CREATED' ? (
        <form method="post" action="/swish-app" class="actions">
          <input type="hidden" name="token" value={token ?? ''} />
          <input type="hidden" name="callbackurl" value={returnUrl ?? ''} />
          <button type="submit" name="do" value="approve">
            Approve
          </button>
          <button type="submit" name="do" value="decline" class="destroys">
            Decline
          </button>
        </form>
      ) : (
        <Ended how={status === 'PAID' ? 'paid' : 'over'} leaveUrl={returnUrl} />
      )}
    </TillPage>
  );
}

function TillPage(props: {
  title: string;
  swedish: string;
  line: string;
  amountOre: number;
  children?: Child;
}) {
  const { title, swedish, line, amountOre, children } = props;
  return (
    <BankLayout title={title}>
      <article class="till">
        <h1>{title}</h1>
        <p class="subtitle" lang="sv">
          {swedish}
        </p>
        <p class="subject">{line}</p>
        <p class="sum">{money(amountOre, 'en')}</p>
        {children}
      </article>
    </BankLayout>
  );
}

function Ended({ how, leaveUrl }: { how: 'paid' | 'over'; leaveUrl: string | null }) {
  return (
    <>
      <p>
        {how === 'paid' ? 'This payment is done.' : 'This payment is over. Nothing was paid.'}{' '}
        <span lang="sv">
          {how === 'paid' ? 'Betalningen är klar.' : 'Betalningen är avslutad.'}
        </span>
      </p>
      {leaveUrl !== null && (
        <p>
          <a class="button" href={leaveUrl}>
            Back to the shop
          </a>
        </p>
      )}
    </>
  );
}
