/** The messages that the stand-in has accepted: one `.eml` file each, and what the mailbox page shows of them in memory. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import { verifyDkim } from './dkim.ts';
import type { DkimVerdict, PublishedKey } from './dkim.ts';
import { writePrivateFile } from './private-file.ts';

export type StoredMail = {
  readonly id: string;
  readonly receivedAt: Temporal.Instant;
  /** The addresses of the SMTP envelope, which is where the message really went. */
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly messageId: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | undefined;
  /** Header fields in order, names in lower case. */
  readonly headers: readonly { readonly key: string; readonly value: string }[];
  readonly dkim: DkimVerdict;
};

export type MailStore = {
  /** Newest first. */
  list(): readonly StoredMail[];
  find(id: string): StoredMail | undefined;
  source(id: string): Promise<Buffer | undefined>;
  add(message: Buffer, envelope: Envelope): Promise<StoredMail>;
  /** Removes every message with one of these Message-IDs from disk and memory; answers how many there were. */
  erase(messageIds: readonly string[]): Promise<number>;
  empty(): Promise<void>;
};

export type Envelope = { readonly sender: string; readonly recipients: readonly string[] };

/** The oldest message goes when one more than this arrives. */
const keptMessages = 1_000;

export async function openMailStore(options: {
  folder: string;
  publishedKeys: readonly PublishedKey[];
  now: () => Temporal.Instant;
}): Promise<MailStore> {
  const { folder, publishedKeys, now } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const mails = await loadMails(folder, publishedKeys);
  const remove = async (mail: StoredMail): Promise<void> => {
    await rm(fileOf(folder, mail.id), { force: true });
    mails.delete(mail.id);
  };
  return {
    list: () => [...mails.values()].toReversed(),
    find: (id) => mails.get(id),
    source: async (id) => (mails.has(id) ? readFile(fileOf(folder, id)) : undefined),
    add: async (message, envelope) => {
      const id = newId(now());
      const stored = withTrace(message, envelope);
      // Read before it is written: what cannot be read is refused and would stop the next start.
      const mail = await readMail(id, stored, publishedKeys);
      await writePrivateFile(fileOf(folder, id), stored);
      mails.set(id, mail);
      await Promise.all([...mails.values()].slice(0, -keptMessages).map(remove));
      return mail;
    },
    erase: async (messageIds) => {
      const wanted = new Set(messageIds.map(bareMessageId));
      const found = [...mails.values()].filter((mail) => wanted.has(mail.messageId));
      await Promise.all(found.map(remove));
      return found.length;
    },
    empty: async () => {
      await Promise.all([...mails.values()].map(remove));
    },
  };
}

/** A Message-ID without its angle brackets, the form in which they are compared. */
export function bareMessageId(messageId: string): string {
  return messageId.trim().replace(/^</, '').replace(/>$/, '');
}

async function loadMails(
  folder: string,
  publishedKeys: readonly PublishedKey[],
): Promise<Map<string, StoredMail>> {
  const found = await readdir(folder);
  // A stop in mid-write leaves a draft, and a draft holds somebody's mail that no erasure would find.
  const drafts = found.filter((file) => file.endsWith('.draft'));
  await Promise.all(drafts.map((file) => rm(join(folder, file))));
  const files = found.filter((file) => /^\d{15}-[0-9a-f]{16}\.eml$/.test(file));
  const mails = new Map<string, StoredMail>();
  for (const file of files.toSorted()) {
    const id = file.slice(0, -'.eml'.length);
    mails.set(id, await readMail(id, await readFile(join(folder, file)), publishedKeys));
  }
  return mails;
}

/** The time leads, so that names sort by age; it is also where the time is read from after a restart. */
function newId(now: Temporal.Instant): string {
  return `${String(now.epochMilliseconds).padStart(15, '0')}-${randomBytes(8).toString('hex')}`;
}

function fileOf(folder: string, id: string): string {
  return join(folder, `${id}.eml`);
}

/** Puts the envelope on top as the trace fields of a final delivery (RFC 5321 section 4.4). Signatures do not cover them. */
function withTrace(message: Buffer, envelope: Envelope): Buffer {
  const trace = [
    `Return-Path: <${envelope.sender}>`,
    ...envelope.recipients.map((recipient) => `Delivered-To: ${recipient}`),
  ];
  return Buffer.concat([Buffer.from(`${trace.join('\r\n')}\r\n`, 'utf8'), message]);
}

async function readMail(
  id: string,
  stored: Buffer,
  publishedKeys: readonly PublishedKey[],
): Promise<StoredMail> {
  const email = await PostalMime.parse(stored);
  const traceEnd = email.headers.findIndex((header, at) => at > 0 && header.key !== 'delivered-to');
  const trace = email.headers.slice(0, traceEnd < 0 ? email.headers.length : traceEnd);
  return {
    id,
    receivedAt: Temporal.Instant.fromEpochMilliseconds(Number(id.slice(0, 15))),
    sender: bareMessageId(trace[0]?.value ?? ''),
    recipients: trace.slice(1).map((header) => header.value),
    headers: email.headers.slice(trace.length).map(({ key, value }) => ({ key, value })),
    dkim: verifyDkim(stored, publishedKeys),
    ...shownParts(email),
  };
}

function shownParts(
  email: Email,
): Pick<StoredMail, 'messageId' | 'from' | 'subject' | 'text' | 'html'> {
  const from = email.from;
  return {
    messageId: bareMessageId(email.messageId ?? ''),
    from:
      from === undefined ? '' : [from.name, from.address && `<${from.address}>`].join(' ').trim(),
    subject: email.subject ?? '',
    text: email.text ?? '',
    html: email.html,
  };
}
