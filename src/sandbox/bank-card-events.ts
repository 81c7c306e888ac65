/** The events of the stand-in of Stripe: signed, sent to the one endpoint that it knows. */
import { createHmac, randomBytes } from 'node:crypto';
import type { Post } from './bank-post.ts';

export type CardEvents = {
  /** Resolves after the first attempt. Without an endpoint, nothing is sent. */
  tell(type: string, about: object): Promise<void>;
  setEndpoint(url: string | null): void;
};

export function openCardEvents(parts: {
  readonly post: Post;
  readonly clock: () => Temporal.Instant;
  readonly secret: string;
}): CardEvents {
  const { post, clock, secret } = parts;
  let endpoint: string | null = null;
  return {
    setEndpoint: (url) => {
      endpoint = url;
    },
    tell: async (type, object) => {
      if (endpoint === null) return;
      const body = JSON.stringify({
        id: `evt_${randomBytes(12).toString('hex')}`,
        object: 'event',
        api_version: '2026-10-28.endive',
        created: secondsOf(clock()),
        livemode: false,
        type,
        data: { object },
      });
      await post.send({
        url: endpoint,
        body,
        // The id stays the same at each attempt; the time and the signature do not.
        headers: (forged) => ({
          'stripe-signature': signature(body, {
            secret: forged ? 'whsec_of_somebody_else' : secret,
            seconds: secondsOf(clock()),
          }),
        }),
      });
    },
  };
}

function signature(
  body: string,
  { secret, seconds }: { readonly secret: string; readonly seconds: number },
): string {
  const v1 = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${v1}`;
}

export function secondsOf(at: Temporal.Instant): number {
  return Math.floor(at.epochMilliseconds / 1000);
}
