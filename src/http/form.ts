import type { ZodType } from 'zod';
import { Problem } from '../problem.ts';

const formSizeMax = 64 * 1024;
/** The longest form is a checkout: twenty rows with five questions and a quantity each, and what is asked once. */
const fieldsMax = 150;
const uploadSizeMax = 2_000_000;

/**
 * Reads a form. Anything but a small urlencoded one is refused before it is parsed.
 * @throws Problem `bad-input` or `too-large`
 */
export async function readForm(request: Request): Promise<ReadonlyMap<string, string>> {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded') {
    throw new Problem('bad-input', 'not a form');
  }
  const fields = new URLSearchParams((await readLimited(request, formSizeMax)).toString('utf8'));
  if (fields.size > fieldsMax) throw new Problem('too-large', 'too many fields');
  return new Map([...fields].toReversed());
}

/**
 * Reads a form that may bring a file, which comes as one character a byte (latin1). Kept in memory and nowhere else.
 * @throws Problem `bad-input` or `too-large`
 */
export async function readUpload(request: Request): Promise<ReadonlyMap<string, string>> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data\s*;/i.test(type)) return readForm(request);
  const body = await readLimited(request, uploadSizeMax);
  const parsed = await new Response(body, { headers: { 'content-type': type } })
    .formData()
    .catch(() => {
      throw new Problem('bad-input', 'not a form');
    });
  const fields = [...parsed].toReversed();
  if (fields.length > fieldsMax) throw new Problem('too-large', 'too many fields');
  const form = new Map<string, string>();
  for (const [name, value] of fields) {
    form.set(
      name,
      typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer()).toString('latin1'),
    );
  }
  return form;
}

/** What is wrong with a field. The words are in `text/`. */
export type FieldFault =
  | 'missing'
  | 'too-long'
  | 'too-short'
  | 'not-an-address'
  | 'not-a-postal-code'
  | 'not-a-phone-number'
  | 'not-a-number'
  | 'wrong'
  | 'too-simple'
  | 'in-order'
  | 'about-you'
  | 'common'
  | 'breached'
  | 'same'
  | 'not-a-choice'
  | 'not-a-date'
  | 'too-early'
  | 'too-late';

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: Readonly<Record<string, FieldFault>> };

/** Parses the fields of a form. Schemas carry a `FieldFault` as the message of each rule. */
export function parseForm<T>(schema: ZodType<T>, form: ReadonlyMap<string, string>): Parsed<T> {
  const result = schema.safeParse(Object.fromEntries(form));
  if (result.success) return { ok: true, value: result.data };
  const faults: Record<string, FieldFault> = {};
  // The first fault of a field is the one to mend first.
  for (const { path, message } of result.error.issues) {
    faults[String(path[0])] ??= message as FieldFault;
  }
  return { ok: false, faults };
}

/**
 * So much more than is allowed is read and thrown away of a body that does not say how long it is: leaving off in the middle
 * breaks the connection, and whoever is still sending then may never see the answer.
 */
const discardedMax = 192 * 1024;

/** Reads a body of limited size. @throws Problem `too-large` */
export async function readLimited(request: Request, sizeMax: number): Promise<Buffer<ArrayBuffer>> {
  // What is not begun is cleared away by the server after the answer, and the connection lives on.
  if (Number(request.headers.get('content-length') ?? 0) > sizeMax) throw new Problem('too-large');
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > sizeMax + discardedMax) break;
    if (size <= sizeMax) chunks.push(chunk);
  }
  if (size > sizeMax) throw new Problem('too-large');
  return Buffer.concat(chunks);
}
