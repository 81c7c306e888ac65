/** The certificate with which we show Swish who we are (mutual TLS). */
import { Duplex } from 'node:stream';
import { TLSSocket, createSecureContext } from 'node:tls';
import type { SecureContext } from 'node:tls';
import { Problem } from '../../problem.ts';

/** As the bank's portal gives it: one file with both, or certificate and key apart (PEM). */
export type SwishIdentity =
  | { readonly pfx: Uint8Array; readonly passphrase?: string }
  | { readonly certificate: string; readonly key: string; readonly passphrase?: string };

/** A certificate takes days to renew: a person of the company signs with BankID and waits for the bank. */
const certificateAlarmDays = 60;

/**
 * Made once, because opening a key costs milliseconds.
 *
 * @param ca PEM of the only authority to trust; those that Node brings if there is none.
 * @throws Problem `bad-input` when the files do not fit together or the passphrase is wrong.
 */
export function secureContextOf(identity: SwishIdentity, ca?: string): SecureContext {
  const trusted = ca === undefined ? {} : { ca };
  try {
    return createSecureContext({ ...tlsIdentity(identity), ...trusted, minVersion: 'TLSv1.2' });
  } catch (error) {
    throw new Problem('bad-input', 'the Swish certificate cannot be used', { cause: error });
  }
}

export function tlsIdentity(identity: SwishIdentity) {
  const passphrase = identity.passphrase === undefined ? {} : { passphrase: identity.passphrase };
  if ('pfx' in identity) return { pfx: Buffer.from(identity.pfx), ...passphrase };
  return { cert: identity.certificate, key: identity.key, ...passphrase };
}

/**
 * Its `notAfter`.
 *
 * @throws Problem `bad-input` when it cannot be read.
 */
export function certificateEndsAt(identity: SwishIdentity): Temporal.Instant {
  // Node opens PKCS #12 for connections alone; one that goes nowhere is asked for the certificate it would show.
  const nowhere = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
  const socket = new TLSSocket(nowhere, {
    isServer: true,
    secureContext: secureContextOf(identity),
  });
  try {
    const endsAt = socket.getX509Certificate()?.validToDate.getTime();
    if (endsAt === undefined) throw new Problem('bad-input', 'no certificate for Swish is there');
    return Temporal.Instant.fromEpochMilliseconds(endsAt);
  } finally {
    socket.destroy();
  }
}

/** True from 60 days before the end on. */
export function endsSoon(endsAt: Temporal.Instant, now: Temporal.Instant): boolean {
  const alarmFrom = endsAt.subtract({ hours: certificateAlarmDays * 24 });
  return Temporal.Instant.compare(alarmFrom, now) <= 0;
}
