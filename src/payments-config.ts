import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { openCard } from './history/payments/card.ts';
import type { CardOptions } from './history/payments/card.ts';
import type { Banks } from './history/payments/banks.ts';
import { openSwish, swishHosts } from './history/payments/swish.ts';
import type { SwishOptions } from './history/payments/swish.ts';

const text = z.string().min(1).max(500);

/** The part `payments` of a production configuration. A way that is left out is not offered. */
export const paymentsShape = z.strictObject({
  swish: z
    .strictObject({
      environment: z.enum(['production', 'simulator']),
      payeeAlias: z.string().regex(/^123\d{7}$/, {
        error: 'must be the company’s Swish number: ten digits that begin with 123',
      }),
      certificateFile: text,
      keyFile: text,
      passphraseFile: text.optional(),
    })
    .optional(),
  card: z
    .strictObject({
      secretKeyFile: text,
      webhookSecretFiles: z.array(text).min(1).max(2),
    })
    .optional(),
});

export type PaymentsConfig = z.infer<typeof paymentsShape>;

/** What the banks are spoken to with; secrets have been read. */
export type BankOptionsOf = {
  readonly swish: SwishOptions | null;
  readonly card: CardOptions | null;
};

export const noBankOptions: BankOptionsOf = { swish: null, card: null };

/** Reads the secrets that the configuration names; `readSecret` refuses files that others can read. */
export function bankOptionsOf(
  { swish, card }: PaymentsConfig,
  at: (name: string) => string,
  readSecret: (file: string) => string,
): BankOptionsOf {
  return {
    swish: swish
      ? {
          host: swishHosts[swish.environment],
          payeeAlias: swish.payeeAlias,
          identity: {
            certificate: readFileSync(at(swish.certificateFile), 'utf8'),
            key: readSecret(at(swish.keyFile)),
            ...(swish.passphraseFile && { passphrase: readSecret(at(swish.passphraseFile)) }),
          },
        }
      : null,
    card: card
      ? {
          secretKey: readSecret(at(card.secretKeyFile)),
          webhookSecrets: card.webhookSecretFiles.map((file) => readSecret(at(file))),
        }
      : null,
  };
}

/** @throws Problem `bad-input` for keys and certificates that cannot be used */
export function openBanks({ swish, card }: BankOptionsOf): Banks {
  return { swish: swish && openSwish(swish), card: card && openCard(card) };
}
