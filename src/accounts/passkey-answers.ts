import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import type { RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { readTicket } from './tickets.ts';
import type { TicketFor } from './tickets.ts';

/** Far above what authenticators answer; far below what a form may carry. */
const answerSizeMax = 16_384;

const base64url = z
  .string()
  .min(1)
  .max(answerSizeMax)
  .regex(/^[\w-]+$/);
const transports = z
  .array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']))
  .max(7)
  .catch([]);

// Extensions are left out: we ask for none.
const outer = {
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  clientExtensionResults: z.unknown().transform(() => ({})),
};
const addition = z.object({
  ...outer,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports,
  }),
});
const assertion = z.object({
  ...outer,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.nullish(),
  }),
});

/** The answer to `navigator.credentials.create()`, from its JSON text; null for anything else. */
export function readAddition(text: string): RegistrationResponseJSON | null {
  return addition.safeParse(readJson(text)).data ?? null;
}

/** The answer to `navigator.credentials.get()`, from its JSON text; null for anything else. */
export function readAssertion(text: string): AuthenticationResponseJSON | null {
  const { data } = assertion.safeParse(readJson(text));
  if (data === undefined) return null;
  const { userHandle, ...response } = data.response;
  return { ...data, response: { ...response, ...(userHandle != null && { userHandle }) } };
}

/** The ticket that an answer carries as its challenge, when it is genuine, in time and for just this. */
export function findTicket(
  op: Operation,
  wanted: TicketFor,
  { response }: { readonly response: { readonly clientDataJSON: string } },
): { readonly ticketId: RowId; readonly challenge: string } | null {
  const challenge = challengeIn(response.clientDataJSON);
  if (challenge === null) return null;
  const ticketId = readTicket(op, wanted, Buffer.from(challenge, 'base64url'));
  return ticketId === null ? null : { ticketId, challenge };
}

function challengeIn(clientDataJSON: string): string | null {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')) as {
      challenge?: unknown;
    };
    return typeof challenge === 'string' ? challenge : null;
  } catch {
    return null;
  }
}

function readJson(text: string): unknown {
  if (text.length > answerSizeMax) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
