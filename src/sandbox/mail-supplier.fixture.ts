/** For tests: a supplier in a folder of its own, a sender that it trusts, and a demo company's mail. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSmtp } from '../messages/smtp.ts';
import type { MailEnvelope, Smtp, SmtpOptions } from '../messages/smtp.ts';
import type { Disclosed } from '../recipients/disclosed.ts';
import { startMailSupplier } from './mail-supplier.ts';
import type { MailSupplier, MailSupplierOptions } from './mail-supplier.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

export const dkim = { domainName: 'example.se', keySelector: 's1', privateKey };
export const publishedKeys = [{ domain: 'example.se', selector: 's1', publicKey }];
export const credentials = { user: 'varsam', password: 'a password of the sandbox' };
export const erasureSecret = `whsec_${randomBytes(32).toString('base64')}`;
export const start = Temporal.Instant.from('2026-11-22T12:00:00Z');

export type SupplierInFolder = AsyncDisposable & {
  readonly folder: string;
  readonly supplier: MailSupplier;
  readonly options: MailSupplierOptions;
  smtp(change?: Partial<SmtpOptions>): Smtp;
};

/** Stops and forgets everything when disposed of. */
export async function supplierInFolder(
  change: Partial<MailSupplierOptions> = {},
): Promise<SupplierInFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'mail-supplier-'));
  const now = (): Temporal.Instant => start;
  const options = { folder, credentials, erasureSecret, publishedKeys, now, ...change };
  const supplier = await startMailSupplier(options);
  const open: Smtp[] = [];
  return {
    folder,
    supplier,
    options,
    smtp: (wish = {}) => {
      const smtp = openSmtp({ ...senderOptions(supplier), ...wish });
      open.push(smtp);
      return smtp;
    },
    [Symbol.asyncDispose]: async () => {
      await supplier.stop();
      await Promise.all(open.map((smtp) => smtp.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function senderOptions(supplier: MailSupplier): SmtpOptions {
  return {
    host: '127.0.0.1',
    port: supplier.smtpPort,
    auth: credentials,
    caCertificate: supplier.certificate,
    dkim,
  };
}

let sent = 0;

/** As if the gate had let it through. */
export function mail(change: Partial<MailEnvelope> = {}): Disclosed<MailEnvelope> {
  sent += 1;
  const envelope: MailEnvelope = {
    from: 'Exempel AB <kund@example.se>',
    to: 'anna@example.com',
    subject: 'Bekräfta din adress',
    text: 'Hej!\n\nBekräfta: http://localhost:8080/confirm#token\n',
    messageId: `<m${sent}@example.se>`,
    language: 'sv',
    ...change,
  };
  return envelope as Disclosed<MailEnvelope>;
}
