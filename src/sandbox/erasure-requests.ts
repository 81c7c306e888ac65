/**
 * The erasure API that a processor offers its customers (GDPR Art. 28(3)(g)): "forget the messages with these ids".
 * Requests are signed as in the Standard Webhooks specification; only ids travel.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { MailStore } from './mail-store.ts';
import { writePrivateFile } from './private-file.ts';
import type { ErasureWeather } from './weather.ts';

export type ErasureDesk = {
  /** Answers as HTTP status and JSON; never throws on bad input. */
  handle(request: SignedRequest): Promise<ErasureAnswer>;
};

export type SignedRequest = {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  readonly body: string;
};

export type ErasureAnswer = {
  readonly status: 200 | 202 | 400 | 401 | 409 | 500;
  readonly body: Readonly<Record<string, string | number>>;
};

const toleranceSeconds = 300;
const mostReferences = 1_000;
const keptAnswers = 10_000;

const erasureRequest = z.strictObject({
  request_id: z.string().regex(/^[\w-]{1,128}$/),
  references: z
    .array(z.string().regex(/^<?[^\s<>@]{1,128}@[^\s<>@]{1,128}>?$/))
    .max(mostReferences),
});
type ErasureRequest = z.infer<typeof erasureRequest>;

const rememberedAnswer = z.strictObject({ references: z.string(), erased: z.number() });
type RememberedAnswers = Map<string, z.infer<typeof rememberedAnswer>>;

export async function openErasureDesk(options: {
  /** Where answers are remembered, so that a repeated request gets the same one after a restart. */
  file: string;
  /** `whsec_` and the key in base64. */
  secret: string;
  store: MailStore;
  weather: () => ErasureWeather;
  now: () => Temporal.Instant;
}): Promise<ErasureDesk> {
  const key = keyOf(options.secret);
  const answers = await readAnswers(options.file);
  // One at a time: the same request twice at once must get one answer.
  let last: Promise<unknown> = Promise.resolve();
  return {
    handle: (request) => {
      const answer = last.then(() => handle({ ...options, key, answers, request }));
      last = answer.catch(() => undefined);
      return answer;
    },
  };
}

/** The key of a Standard Webhooks secret. Throws when it is not of the form `whsec_` and at least 24 bytes in base64. */
function keyOf(secret: string): Buffer {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)?.[1];
  const key = Buffer.from(encoded ?? '', 'base64');
  if (key.length < 24) {
    throw new Error('The erasure secret must be "whsec_" followed by at least 24 bytes in base64.');
  }
  return key;
}

async function handle(work: {
  file: string;
  key: Buffer;
  answers: RememberedAnswers;
  store: MailStore;
  weather: () => ErasureWeather;
  now: () => Temporal.Instant;
  request: SignedRequest;
}): Promise<ErasureAnswer> {
  const { request, answers, store } = work;
  if (!isAuthentic(request, work.key, work.now())) return failure(401, 'bad signature');
  const wanted = parse(request.body);
  if (wanted === undefined) return failure(400, 'request_id and references only, both ids');
  if (work.weather() === 'broken') return failure(500, 'internal error');
  if (work.weather() === 'forgetful')
    return { status: 202, body: { request_id: wanted.request_id } };
  const references = digestOf(wanted);
  const earlier = answers.get(wanted.request_id);
  if (earlier !== undefined && earlier.references !== references) {
    return failure(409, 'request_id was used for other references');
  }
  // Erasing again is harmless and catches what arrived since; the answer stays the first one.
  const erased = await store.erase(wanted.references);
  if (earlier === undefined) await remember(work, wanted.request_id, { references, erased });
  return {
    status: 200,
    body: { request_id: wanted.request_id, erased: earlier?.erased ?? erased },
  };
}

function failure(status: 400 | 401 | 409 | 500, error: string): ErasureAnswer {
  return { status, body: { error } };
}

/**
 * Standard Webhooks 1.0: `webhook-signature` is a list of `v1,<base64>` parted by spaces, each an HMAC-SHA-256
 * over `id.timestamp.body`; one that fits is enough, so that a secret can be changed without a gap.
 */
function isAuthentic(request: SignedRequest, key: Buffer, now: Temporal.Instant): boolean {
  const { id, timestamp, signature, body } = request;
  if (id === undefined || signature === undefined || !/^\d{1,12}$/.test(timestamp ?? ''))
    return false;
  const ageSeconds = Math.abs(now.epochMilliseconds / 1000 - Number(timestamp));
  if (ageSeconds > toleranceSeconds) return false;
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return signature.split(' ').some((part) => {
    const given = Buffer.from(part.startsWith('v1,') ? part.slice(3) : '', 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

function parse(body: string): ErasureRequest | undefined {
  try {
    return erasureRequest.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
}

function digestOf(request: ErasureRequest): string {
  return createHash('sha256').update(JSON.stringify(request.references.toSorted())).digest('hex');
}

async function remember(
  { file, answers }: { file: string; answers: RememberedAnswers },
  requestId: string,
  answer: { references: string; erased: number },
): Promise<void> {
  answers.set(requestId, answer);
  for (const oldest of [...answers.keys()].slice(0, -keptAnswers)) answers.delete(oldest);
  await writePrivateFile(file, JSON.stringify([...answers]));
}

async function readAnswers(file: string): Promise<RememberedAnswers> {
  try {
    const entries = z.array(z.tuple([z.string(), rememberedAnswer]));
    return new Map(entries.parse(JSON.parse(await readFile(file, 'utf8'))));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
    throw error;
  }
}
