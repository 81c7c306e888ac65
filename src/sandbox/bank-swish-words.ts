/** How the stand-in of Swish reads and writes. */
import type { Question, Reply } from './bank-door.ts';
import type { Letter } from './bank-post.ts';
import { errorMessageOf } from './bank-swish-rules.ts';

/** A list with one error, as Swish answers. */
export function refuse(status: 400 | 403 | 404 | 422, errorCode: string, information = ''): Reply {
  const error = {
    errorCode,
    errorMessage: errorMessageOf(errorCode),
    additionalInformation: information,
  };
  return { status, body: JSON.stringify([error]) };
}

export function jsonObject(
  { headers, body }: Question,
  type: string,
): { readonly value: Readonly<Record<string, unknown>> } | Reply {
  if (headers['content-type']?.split(';')[0] !== type) return { status: 415 };
  try {
    const value = JSON.parse(body) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { value: value as Readonly<Record<string, unknown>> };
    }
    return { status: 400 };
  } catch {
    return { status: 400 };
  }
}

export function kronorOf(amountOre: number): string {
  return (amountOre / 100).toFixed(2);
}

export function swishLetter(
  to: { readonly callbackUrl: string; readonly callbackIdentifier: string | null },
  what: object,
): Letter {
  const { callbackUrl: url, callbackIdentifier } = to;
  const forgery = 'F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0';
  return {
    url,
    body: JSON.stringify(what),
    headers: (forged) => ({
      ...(callbackIdentifier !== null && {
        callbackidentifier: forged ? forgery : callbackIdentifier,
      }),
    }),
  };
}
