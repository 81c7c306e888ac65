/** What a person who tries the demo sees of the mail supplier: the mailboxes, a message, and the switches. */
import type { Child } from 'hono/jsx';
import { linkify } from './linkify.ts';
import { Layout } from './mail-layout.tsx';
import { Time } from './stand-in-page.tsx';
import type { StoredMail } from './mail-store.ts';
import { erasureWeathers, smtpWeathers } from './weather.ts';
import type { Weather } from './weather.ts';

/** How a member of the demo company's staff signs in just now. */
export type StaffHint = {
  readonly label: string;
  readonly email: string;
  readonly password: string;
  readonly code: string;
};

export type Mailbox = { readonly name: string; readonly address: string; readonly count: number };

export function MailboxPage(props: {
  mails: readonly StoredMail[];
  mailboxes: readonly Mailbox[];
  current: Mailbox | undefined;
  staff: readonly StaffHint[];
  weather: Weather;
}) {
  const { mails, mailboxes, current, staff, weather } = props;
  return (
    <Layout title="Mailbox">
      <div class="columns">
        <section aria-labelledby="mail">
          <h1 id="mail">Mailbox</h1>
          <p class="subtitle" lang="sv">
            Mejlen som företaget har skickat
          </p>
          <MailboxChoice mailboxes={mailboxes} current={current} />
          {mails.length === 0 ? <EmptyMailbox /> : <MailList mails={mails} />}
          <EmptyForm />
        </section>
        <aside>
          <StaffPanel staff={staff} />
          <WeatherPanel weather={weather} />
        </aside>
      </div>
    </Layout>
  );
}

function MailboxChoice(props: { mailboxes: readonly Mailbox[]; current: Mailbox | undefined }) {
  const { mailboxes, current } = props;
  if (mailboxes.length === 0) return <></>;
  return (
    <nav aria-label="Mailboxes">
      <ul class="choice">
        <li>
          <a href="/" aria-current={current === undefined ? 'page' : undefined}>
            Everybody
          </a>
        </li>
        {mailboxes.map((mailbox) => (
          <li>
            <a
              href={`/mailboxes/${mailbox.name}`}
              aria-current={mailbox.name === current?.name ? 'page' : undefined}
            >
              {mailbox.address} <span class="count">({mailbox.count})</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function EmptyMailbox() {
  return (
    <p class="empty">
      No mail yet. Create an account or place an order, then <a href="/">look again</a>.
    </p>
  );
}

function MailList({ mails }: { mails: readonly StoredMail[] }) {
  return (
    <ol class="mails">
      {mails.map((mail) => (
        <li>
          <a href={`/messages/${mail.id}`}>
            <span class="subject">{mail.subject || '(no subject)'}</span>
            <span class="meta">To {mail.recipients.join(', ')}</span>
            <span class="meta">
              <Time at={mail.receivedAt} />
            </span>
          </a>
        </li>
      ))}
    </ol>
  );
}

function EmptyForm() {
  return (
    <form method="post" action="/empty" class="actions">
      <a class="button" href="">
        Look for new mail
      </a>
      <button type="submit" class="destroys">
        Empty the mailbox
      </button>
    </form>
  );
}

function StaffPanel({ staff }: { staff: readonly StaffHint[] }) {
  if (staff.length === 0) return <></>;
  return (
    <section class="panel" aria-labelledby="staff">
      <h2 id="staff">Sign in as staff</h2>
      <p class="subtitle" lang="sv">
        Så loggar demoföretagets personal in
      </p>
      {staff.map((person) => (
        <dl>
          <div class="who">
            <dt>Who</dt>
            <dd>{person.label}</dd>
          </div>
          <div>
            <dt>E-mail</dt>
            <dd>
              <code>{person.email}</code>
            </dd>
          </div>
          <div>
            <dt>Password</dt>
            <dd>
              <code>{person.password}</code>
            </dd>
          </div>
          <div>
            <dt>Code</dt>
            <dd>
              <code class="otp">{person.code}</code>
            </dd>
          </div>
        </dl>
      ))}
      <p class="hint">A code lasts half a minute. Load the page again for the next one.</p>
    </section>
  );
}

function WeatherPanel({ weather }: { weather: Weather }) {
  return (
    <section class="panel" aria-labelledby="weather">
      <h2 id="weather">The supplier’s weather</h2>
      <p class="subtitle" lang="sv">
        Låt leverantören bete sig illa
      </p>
      <form method="post" action="/weather">
        <WeatherChoice
          name="smtp"
          legend="When mail arrives"
          choices={smtpWeathers}
          chosen={weather.smtp}
        />
        <WeatherChoice
          name="erasure"
          legend="When asked to erase"
          choices={erasureWeathers}
          chosen={weather.erasure}
        />
        <button type="submit">Set the weather</button>
      </form>
    </section>
  );
}

function WeatherChoice(props: {
  name: string;
  legend: string;
  choices: Readonly<Record<string, string>>;
  chosen: string;
}) {
  const { name, legend, choices, chosen } = props;
  return (
    <fieldset>
      <legend>{legend}</legend>
      {Object.entries(choices).map(([value, label]) => (
        <label>
          <input type="radio" name={name} value={value} checked={value === chosen} /> {label}
        </label>
      ))}
    </fieldset>
  );
}

export function MessagePage({ mail }: { mail: StoredMail }) {
  return (
    <Layout title={mail.subject || 'Message'}>
      <p>
        <a href="/">Back to the mailbox</a>
      </p>
      <article>
        <h1>{mail.subject || '(no subject)'}</h1>
        <dl class="fields">
          <Row name="From">{mail.from}</Row>
          <Row name="To">{mail.recipients.join(', ')}</Row>
          <Row name="Received">
            <Time at={mail.receivedAt} />
          </Row>
          <Row name="Signature">{signatureInWords(mail)}</Row>
          <Row name="Message-ID">
            <code>{mail.messageId}</code>
          </Row>
        </dl>
        <div class="text">{linkify(mail.text.trim()).map(asLink)}</div>
        <p class="hint">
          {mail.html === undefined ? '' : 'There is an HTML part too; the text part is shown. '}
          <a href={`/messages/${mail.id}/source`}>The message as it arrived</a>
        </p>
      </article>
    </Layout>
  );
}

function Row({ name, children }: { name: string; children?: Child }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function asLink(part: ReturnType<typeof linkify>[number]) {
  if (part.href === undefined) return <>{part.text}</>;
  return (
    <a href={part.href} rel="noreferrer">
      {part.text}
    </a>
  );
}

function signatureInWords({ dkim }: StoredMail): string {
  switch (dkim.result) {
    case 'unsigned':
      return 'None (no DKIM)';
    case 'no key':
      return `DKIM by ${dkim.domain}, whose key is not known here`;
    case 'invalid':
      return `DKIM by ${dkim.domain}, NOT valid`;
    case 'valid':
      return `DKIM by ${dkim.domain}, valid`;
  }
}
