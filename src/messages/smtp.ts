/** Hands mail to the supplier over SMTP (RFC 5321, submission by RFC 6409) and says what became of it. */
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import type { Disclosed } from '../recipients/disclosed.ts';
import { faultOf, openRenderer } from './mail-rendering.ts';
import type { DkimKey, MailEnvelope, RenderedMail } from './mail-rendering.ts';

export type { DkimKey, MailEnvelope } from './mail-rendering.ts';

/**
 * `status` is an enhanced status code (RFC 3463) and nothing else of what the server said, as its text may repeat the
 * address. `unknown`: the message was handed over and no answer came, so it may or may not arrive.
 */
export type MailOutcome =
  | { readonly outcome: 'accepted'; readonly reference: string }
  | { readonly outcome: 'refused'; readonly permanent: boolean; readonly status: string }
  | { readonly outcome: 'unknown' };

export type SmtpOptions = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (port 465); otherwise STARTTLS. */
  readonly secure?: boolean;
  /** Refuse to go on without TLS; true if nothing is said. */
  readonly requireTls?: boolean;
  readonly auth?: { readonly user: string; readonly password: string };
  readonly dkim?: DkimKey;
  /** PEM of the only authority to trust, instead of those that Node brings. */
  readonly caCertificate?: string;
  readonly connectionTimeoutMs?: number;
  /** How long the server may stay silent. RFC 5321 suggests minutes after the end of the message. */
  readonly answerTimeoutMs?: number;
};

export type Smtp = {
  /** Never rejects for what the envelope holds or the server does; errors of our own making do come out. */
  send(envelope: Disclosed<MailEnvelope>): Promise<MailOutcome>;
  /** Takes no more mail, waits for what is under way, and after a few seconds cuts the lines. */
  close(): Promise<void>;
};

type SmtpError = {
  readonly code?: string | undefined;
  readonly command?: string | undefined;
  readonly response?: string | undefined;
  readonly responseCode?: number | false | undefined;
};

type Delivery = { readonly outcome: Promise<MailOutcome>; readonly cut: () => void };

const patienceAtCloseMs = 5_000;

/** @throws Error when the options would send a password in clear over a network, or the DKIM key is not usable. */
export function openSmtp(options: SmtpOptions): Smtp {
  const connectionOptions = toConnectionOptions(options);
  const render = openRenderer(options.dkim);
  const underWay = new Set<Delivery>();
  let closed = false;
  return {
    send: async (envelope) => {
      const fault = faultOf(envelope);
      if (fault !== undefined) return { outcome: 'refused', permanent: true, status: fault };
      const mail = await render(envelope);
      if (closed) return { outcome: 'refused', permanent: false, status: '4.3.2' };
      const delivery = deliver(mail, envelope.messageId, connectionOptions, options.auth);
      underWay.add(delivery);
      return delivery.outcome.finally(() => underWay.delete(delivery));
    },
    close: async () => {
      closed = true;
      const timer = setTimeout(() => underWay.forEach(({ cut }) => cut()), patienceAtCloseMs);
      await Promise.all([...underWay].map(({ outcome }) => outcome));
      clearTimeout(timer);
    },
  };
}

function toConnectionOptions(options: SmtpOptions): SMTPConnectionOptions {
  const { host, port, secure = false, requireTls = true, dkim, caCertificate } = options;
  const isLoopback = ['localhost', '127.0.0.1', '::1'].includes(host);
  if (!secure && !requireTls && !isLoopback) {
    throw new Error('Mail to another machine needs TLS: set secure or requireTls.');
  }
  return {
    host,
    port,
    secure,
    requireTLS: requireTls,
    // Without a name, nodemailer would tell the supplier what this machine is called.
    name: dkim?.domainName ?? '[127.0.0.1]',
    connectionTimeout: options.connectionTimeoutMs ?? 15_000,
    greetingTimeout: options.connectionTimeoutMs ?? 15_000,
    socketTimeout: options.answerTimeoutMs ?? 120_000,
    socketCloseTimeout: 1_000,
    logger: false,
    tls: { minVersion: 'TLSv1.2', ...(caCertificate !== undefined && { ca: caCertificate }) },
  };
}

/** One connection, one message. nodemailer's own transport does not tell whether the message had been handed over. */
function deliver(
  mail: RenderedMail,
  reference: string,
  options: SMTPConnectionOptions,
  auth: SmtpOptions['auth'],
): Delivery {
  const { promise, resolve } = Promise.withResolvers<MailOutcome>();
  const connection = new SMTPConnection(options);
  const message = Readable.from([mail.bytes]);
  let handedOver = false;
  // The connection reads the message when the server has asked for it, and its end mark follows at once.
  message.once('end', () => (handedOver = true));
  const fail = (error: SmtpError): void => {
    resolve(outcomeOf(error, handedOver));
    connection.close();
  };
  const send = (): void => {
    const envelope = { from: mail.from, to: [mail.to], size: mail.bytes.length };
    connection.send(envelope, message, (error) => {
      if (error) return fail(error);
      resolve({ outcome: 'accepted', reference });
      connection.quit();
    });
  };
  connection.on('error', fail);
  connection.connect((error) => {
    if (error) return fail(error);
    if (auth === undefined) return send();
    const credentials = { user: auth.user, pass: auth.password };
    connection.login({ credentials }, (refused) => (refused ? fail(refused) : send()));
  });
  return { outcome: promise, cut: () => fail({ code: 'ECONNECTION' }) };
}

/**
 * What an error means for the message. Only an answer to the message itself (sender, recipient, content) is final: a
 * server that does not like our password today says 5xx too, but the mail should wait and go later.
 */
function outcomeOf(error: SmtpError, handedOver: boolean): MailOutcome {
  const answer = Number(error.responseCode) || 0;
  const isRefusal = answer >= 400 && answer < 600;
  if (!isRefusal && handedOver) return { outcome: 'unknown' };
  if (!isRefusal) return refusedWithoutAnswer(error);
  const isAboutMessage = ['MAIL FROM', 'RCPT TO', 'DATA'].includes(error.command ?? '');
  // 503 says that the session went wrong, not the message.
  const permanent = answer >= 500 && answer !== 503 && isAboutMessage;
  return { outcome: 'refused', permanent, status: statusIn(error.response ?? '', answer) };
}

function refusedWithoutAnswer({ code }: SmtpError): MailOutcome {
  const refused = (permanent: boolean, status: string): MailOutcome => ({
    outcome: 'refused',
    permanent,
    status,
  });
  switch (code) {
    // nodemailer itself has seen that the server takes no message of this size, or no such address.
    case 'EMESSAGE':
      return refused(true, '5.3.4');
    case 'EENVELOPE':
      return refused(true, '5.1.3');
    case 'ETLS':
      return refused(false, '4.7.5');
    case 'EDNS':
      return refused(false, '4.4.4');
    case 'ESOCKET':
      return refused(false, '4.4.1');
    default:
      return refused(false, '4.4.2');
  }
}

/** The enhanced status code of an answer, when it has one of the same class; else the class alone. */
function statusIn(response: string, answer: number): string {
  const replyClass = Math.floor(answer / 100);
  const found = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})(?=\s|$)/.exec(response)?.[1];
  return found?.startsWith(`${replyClass}.`) ? found : `${replyClass}.0.0`;
}
