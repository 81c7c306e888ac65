import { createHmac } from 'node:crypto';
import type { Teller } from './tell-to-erase.ts';

const timeoutMs = 10_000;

/** A secret of its own for each recipient, so that none of them can speak in our name to another. */
export function erasureSecretFor(master: Uint8Array, recipientId: string): string {
  const secret = createHmac('sha256', master)
    .update(`varsam erasure requests\0${recipientId}`)
    .digest();
  return `whsec_${secret.toString('base64')}`;
}

/**
 * Asks by HTTP POST, signed as the Standard Webhooks specification says (id, timestamp and body under HMAC-SHA-256).
 * 200 confirms; 400 to 499 refuses, a time-out or anything else says nothing.
 */
export function openWebhook(options: {
  readonly master: Uint8Array;
  readonly clock: () => Temporal.Instant;
}): Teller {
  return async ({ recipientId, url }, request) => {
    const body = JSON.stringify({ request_id: request.requestId, references: request.references });
    const timestamp = String(Math.floor(options.clock().epochMilliseconds / 1000));
    const secret = erasureSecretFor(options.master, recipientId);
    const headers = {
      'content-type': 'application/json',
      'webhook-id': request.requestId,
      'webhook-timestamp': timestamp,
      'webhook-signature': signature(secret, `${request.requestId}.${timestamp}.${body}`),
    };
    const status = await post(url, headers, body);
    if (status === 200) return 'confirmed';
    // 408, 409 and 429 are no refusals: they ask to be asked again.
    return status >= 400 && status < 500 && ![408, 409, 429].includes(status)
      ? 'refused'
      : 'silent';
  };
}

function signature(secret: string, signed: string): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}

async function post(url: string, headers: Record<string, string>, body: string): Promise<number> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return 0;
  }
}
