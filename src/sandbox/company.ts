import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SmtpOptions } from '../messages/smtp.ts';
import type { Operation } from '../operation.ts';
import { erasureSecretFor } from '../recipients/webhook.ts';
import { startBank } from './bank.ts';
import type { Bank } from './bank.ts';
import { pointSupplierTo, seedBanks, seedDemo, staffHints } from './demo.ts';
import { startMailSupplier } from './mail-supplier.ts';
import type { MailSupplier } from './mail-supplier.ts';
import { writePrivateFile } from './private-file.ts';

export type SandboxOptions = {
  /** Of the sandbox itself, below the data folder. */
  readonly folder: string;
  /** Where the mailbox page should be if that is free; 0 for any. */
  readonly port: number;
  readonly erasureMaster: Uint8Array;
  readonly clock: () => Temporal.Instant;
};

/** The demo company with its stand-in mail supplier, and how to hand mail in there. */
export type Sandbox = {
  readonly supplier: MailSupplier;
  readonly smtp: SmtpOptions;
  /** Stand-ins of Swish and of the card company. */
  readonly bank: Bank;
};

const domain = 'example.se';
const selector = 's2026';

export async function startSandbox(op: Operation, options: SandboxOptions): Promise<Sandbox> {
  const { folder, clock } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const recipientId = await seedDemo(op, folder);
  const credentials = {
    user: 'varsam',
    password: await keptSecret(join(folder, 'smtp-password'), newPassword),
  };
  const privateKey = await keptSecret(join(folder, 'dkim.pem'), newDkimKey);
  const supplier = await startOnPort({
    folder: join(folder, 'mail'),
    port: options.port,
    credentials,
    erasureSecret: erasureSecretFor(options.erasureMaster, recipientId),
    publishedKeys: [{ domain, selector, publicKey: publicPem(privateKey) }],
    staffHint: () => staffHints(folder, clock()),
    now: clock,
  });
  await pointSupplierTo(op, recipientId, supplier.url);
  const bank = await startBankOnPort({
    folder: join(folder, 'bank'),
    port: options.port === 0 ? 0 : options.port + 1,
    clock,
  });
  await seedBanks(op, bank.url);
  return {
    supplier,
    bank,
    smtp: {
      host: '127.0.0.1',
      port: supplier.smtpPort,
      auth: credentials,
      caCertificate: supplier.certificate,
      dkim: { domainName: domain, keySelector: selector, privateKey },
    },
  };
}

/** On the wished port, or on any when somebody else has it. */
async function startOnPort(
  options: Parameters<typeof startMailSupplier>[0],
): Promise<MailSupplier> {
  try {
    return await startMailSupplier(options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return startMailSupplier({ ...options, port: 0 });
  }
}

async function startBankOnPort(options: Parameters<typeof startBank>[0]): Promise<Bank> {
  try {
    return await startBank(options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return startBank({ ...options, port: 0 });
  }
}

async function keptSecret(file: string, make: () => string): Promise<string> {
  if (!existsSync(file)) await writePrivateFile(file, make());
  return readFileSync(file, 'utf8');
}

function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

function newDkimKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' });
}

function publicPem(privateKey: string): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' });
}
