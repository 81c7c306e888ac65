/** From an envelope to the signed bytes of a message (RFC 5322, 2045, 6376). Nothing is sent here. */
import { createPrivateKey } from 'node:crypto';
import { createTransport } from 'nodemailer';

export type MailEnvelope = {
  /** `kund@example.se`, or with a name: `Exempel AB <kund@example.se>`. */
  readonly from: string;
  /** One address without a name. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** `<something@our.domain>`; it is also the reference by which the supplier is later asked to erase. */
  readonly messageId: string;
  /** Where one click ends a subscription (RFC 8058): https, short, and meaningless to a stranger. */
  readonly listUnsubscribe?: string;
  /** A language tag such as `sv`. */
  readonly language: string;
};

type Mailbox = { readonly name: string; readonly address: string };

export type DkimKey = {
  readonly domainName: string;
  readonly keySelector: string;
  /** An RSA key in PEM, at least 2048 bits. */
  readonly privateKey: string;
};

export type RenderedMail = {
  readonly bytes: Buffer;
  readonly from: string;
  readonly to: string;
};

/** Enhanced status codes (RFC 3463) for an envelope that nobody needs to see to know that it cannot be sent. */
export type EnvelopeFault = '5.1.3' | '5.1.7' | '5.6.0';

const longestAddress = 254;
const longestName = 200;
const longestSubject = 400;
// A longer field would be folded, and relays have broken the signatures of folded ones.
const longestUnsubscribe = 200;
const smallestKeyBits = 2048;

// nodemailer's own list lacks List-Unsubscribe-Post, which must be signed for one-click to count (RFC 8058 section 4).
const signedHeaders = [
  'From',
  'To',
  'Subject',
  'Date',
  'Message-ID',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
  'Content-Language',
  'Auto-Submitted',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
].join(':');

/** What is wrong with an envelope, or undefined. Line breaks are wrong everywhere but in the body: they would add headers. */
export function faultOf(envelope: MailEnvelope): EnvelopeFault | undefined {
  if (!isAddress(envelope.to)) return '5.1.3';
  if (parseMailbox(envelope.from) === undefined) return '5.1.7';
  const headersAreSound =
    isOneLine(envelope.subject, longestSubject) &&
    /^<[\w.+-]{1,100}@[\w.-]{1,150}>$/.test(envelope.messageId) &&
    /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/.test(envelope.language) &&
    (envelope.listUnsubscribe === undefined || isOneClickAddress(envelope.listUnsubscribe));
  return headersAreSound ? undefined : '5.6.0';
}

/**
 * Makes the renderer of a sender.
 * @throws Error when the DKIM key is not usable; nodemailer would send unsigned without a word.
 */
export function openRenderer(dkim?: DkimKey): (envelope: MailEnvelope) => Promise<RenderedMail> {
  if (dkim !== undefined) checkKey(dkim.privateKey);
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
    ...(dkim && { dkim: { ...dkim, headerFieldNames: signedHeaders } }),
  });
  return async (envelope) => {
    const from = parseMailbox(envelope.from);
    if (from === undefined) throw new Error('A fault in the envelope went unseen.');
    const sent = await transport.sendMail(messageOf(envelope, from));
    const { from: sender, to } = sent.envelope;
    return {
      bytes: sent.message as Buffer,
      from: sender || from.address,
      to: to[0] ?? envelope.to,
    };
  };
}

function messageOf(envelope: MailEnvelope, from: Mailbox) {
  return {
    from,
    to: { name: '', address: envelope.to },
    subject: envelope.subject,
    text: envelope.text,
    ...(envelope.html !== undefined && { html: envelope.html }),
    messageId: envelope.messageId,
    xMailer: false as const,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': envelope.language,
      ...(envelope.listUnsubscribe !== undefined && oneClick(envelope.listUnsubscribe)),
    },
  };
}

function oneClick(address: string) {
  return {
    'List-Unsubscribe': { prepared: true, foldLines: false, value: `<${address}>` },
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}

function parseMailbox(text: string): Mailbox | undefined {
  if (!isOneLine(text, longestName + longestAddress)) return undefined;
  const named = /^([^<>"]*)<([^<>]*)>$/.exec(text);
  const mailbox = { name: (named?.[1] ?? '').trim(), address: named?.[2] ?? text };
  return isAddress(mailbox.address) ? mailbox : undefined;
}

/** Stricter than RFC 5321: no quoted local parts, no comments, no lists, so that one string is one recipient. */
function isAddress(text: string): boolean {
  return (
    isOneLine(text, longestAddress) &&
    /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]{1,253}$/u.test(text)
  );
}

function isOneLine(text: string, longest: number): boolean {
  return text.length <= longest && !/[\p{Cc}\u2028\u2029]/u.test(text);
}

function isOneClickAddress(text: string): boolean {
  if (text.length > longestUnsubscribe || !/^[!-~]+$/.test(text) || /[<>,]/.test(text))
    return false;
  return URL.canParse(text) && ['https:', 'http:'].includes(new URL(text).protocol);
}

function checkKey(pem: string): void {
  const key = createPrivateKey(pem);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== 'rsa' || bits < smallestKeyBits) {
    throw new Error(`The DKIM key must be an RSA key of at least ${smallestKeyBits} bits.`);
  }
}
