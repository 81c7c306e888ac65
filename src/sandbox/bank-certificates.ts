/** What mutual TLS with the stand-in of Swish needs: an authority, and a certificate for each side. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isFresh, issueCertificate } from './certificate.ts';
import { writePrivateFile } from './private-file.ts';

const pair = z.strictObject({ key: z.string(), certificate: z.string() });
const shape = z.strictObject({
  payeeAlias: z.string(),
  authority: pair,
  server: pair,
  client: pair,
});

export type BankCertificates = z.infer<typeof shape>;

const authorityName = 'Sandbox Swish Root CA';

/** Those in `folder`, made at the first start, and all anew when one of them ends or the number is another. */
export async function bankCertificatesIn(
  folder: string,
  payeeAlias: string,
): Promise<BankCertificates> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'swish-certificates.json');
  // Not the clock of the demo company: TLS holds certificates against the clock of the machine.
  const now = Temporal.Now.instant();
  const found = await readCertificates(file);
  const isGood =
    found?.payeeAlias === payeeAlias &&
    [found.authority, found.server, found.client].every((each) => isFresh(each, now));
  if (found && isGood) return found;
  const made = makeCertificates(payeeAlias, now);
  await writePrivateFile(file, JSON.stringify(made));
  return made;
}

/** As the bank does it: its own authority signs for its server, and for a merchant under the merchant's number. */
export function makeCertificates(payeeAlias: string, now: Temporal.Instant): BankCertificates {
  const authority = issueCertificate({ commonName: authorityName, role: 'authority', now });
  const issuer = { ...authority, commonName: authorityName };
  return {
    payeeAlias,
    authority,
    server: issueCertificate({ commonName: 'localhost', role: 'server', issuer, now }),
    client: issueCertificate({ commonName: payeeAlias, role: 'client', issuer, now }),
  };
}

async function readCertificates(file: string): Promise<BankCertificates | undefined> {
  try {
    return shape.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
