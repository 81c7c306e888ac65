/** What an S3 store answers, in its own XML (Amazon S3 API Reference). Everything is kept in memory. */
import { createHash, randomUUID } from 'node:crypto';

type Uploading = { readonly key: string; readonly pieces: Map<number, Buffer> };
export type Bucket = {
  readonly objects: Map<string, Buffer>;
  /** Uploads in pieces that were begun and neither completed nor given up. */
  readonly uploads: Map<string, Uploading>;
};
export type Buckets = Map<string, Bucket>;

export type Asked = {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
};

export type Answer = {
  /** What was asked for, or the code of an error. */
  readonly operation: string;
  readonly status: number;
  readonly xml?: string;
  readonly bytes?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
};

/** S3 takes no smaller piece than this, the last one aside. */
const pieceBytesMin = 5 * 1024 * 1024;
const keysAtOnceMax = 1000;

export function answerBucket(bucket: Bucket, asked: Asked): Answer {
  const { method, query } = asked;
  if (method === 'GET' && query.has('uploads')) return listUploads(bucket, query);
  if (method === 'GET' && query.get('list-type') === '2') return listObjects(bucket, query);
  if (method === 'POST' && query.has('delete')) return deleteObjects(bucket, asked.body);
  if (method === 'HEAD') return { operation: 'HeadBucket', status: 200 };
  return refuse(405, 'MethodNotAllowed');
}

export function answerObject(bucket: Bucket, key: string, asked: Asked): Answer {
  const { method, query, body } = asked;
  const uploadId = query.get('uploadId');
  if (method === 'POST' && query.has('uploads')) return beginUpload(bucket, key);
  if (uploadId !== null) return answerUpload(bucket, key, { ...asked, uploadId });
  switch (method) {
    case 'PUT':
      bucket.objects.set(key, body);
      return { operation: 'PutObject', status: 200, headers: { etag: tagOf(body) } };
    case 'GET':
    case 'HEAD':
      return getObject(bucket, key, method);
    case 'DELETE':
      bucket.objects.delete(key);
      return { operation: 'DeleteObject', status: 204 };
    default:
      return refuse(405, 'MethodNotAllowed');
  }
}

function getObject({ objects }: Bucket, key: string, method: 'GET' | 'HEAD'): Answer {
  const bytes = objects.get(key);
  if (!bytes) return refuse(404, 'NoSuchKey');
  const operation = method === 'GET' ? 'GetObject' : 'HeadObject';
  return { operation, status: 200, bytes, headers: { etag: tagOf(bytes) } };
}

function listObjects({ objects }: Bucket, query: URLSearchParams): Answer {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? query.get('start-after') ?? '';
  const most = Math.min(Number(query.get('max-keys') ?? keysAtOnceMax), keysAtOnceMax);
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, most);
  const isCut = keys.length > page.length;
  const contents = page.map(
    (key) =>
      `<Contents><Key>${escape(key)}</Key><Size>${objects.get(key)?.length ?? 0}</Size></Contents>`,
  );
  const next = isCut
    ? `<NextContinuationToken>${escape(page.at(-1) ?? '')}</NextContinuationToken>`
    : '';
  const head = `<KeyCount>${page.length}</KeyCount><IsTruncated>${isCut}</IsTruncated>${next}`;
  return {
    operation: 'ListObjectsV2',
    status: 200,
    xml: `<ListBucketResult>${head}${contents.join('')}</ListBucketResult>`,
  };
}

function deleteObjects({ objects }: Bucket, body: Buffer): Answer {
  const keys = [...body.toString('utf8').matchAll(/<Key>([^<]*)<\/Key>/g)];
  for (const [, key = ''] of keys) objects.delete(unescape(key));
  return { operation: 'DeleteObjects', status: 200, xml: '<DeleteResult></DeleteResult>' };
}

function beginUpload({ uploads }: Bucket, key: string): Answer {
  const id = randomUUID();
  uploads.set(id, { key, pieces: new Map() });
  const xml = `<InitiateMultipartUploadResult><Key>${escape(key)}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`;
  return { operation: 'CreateMultipartUpload', status: 200, xml };
}

function answerUpload(
  bucket: Bucket,
  key: string,
  asked: Asked & { readonly uploadId: string },
): Answer {
  const { method, query, body, uploadId } = asked;
  const uploading = bucket.uploads.get(uploadId);
  if (uploading?.key !== key) return refuse(404, 'NoSuchUpload');
  if (method === 'PUT') {
    uploading.pieces.set(Number(query.get('partNumber')), body);
    return { operation: 'UploadPart', status: 200, headers: { etag: tagOf(body) } };
  }
  if (method === 'DELETE') {
    bucket.uploads.delete(uploadId);
    return { operation: 'AbortMultipartUpload', status: 204 };
  }
  if (method === 'POST') return completeUpload(bucket, uploading, asked);
  return refuse(405, 'MethodNotAllowed');
}

function completeUpload(
  bucket: Bucket,
  { key, pieces }: Uploading,
  { body, uploadId }: { readonly body: Buffer; readonly uploadId: string },
): Answer {
  const text = body.toString('utf8');
  const named = [...text.matchAll(/<Part>(?:(?!<\/Part>)[^])*<\/Part>/g)].map(([part]) => ({
    number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
    tag: unescape(/<ETag>([^<]*)</.exec(part)?.[1] ?? ''),
  }));
  const chosen = named.map(({ number, tag }) => ({ tag, piece: pieces.get(number) }));
  if (chosen.some(({ tag, piece }) => !piece || tagOf(piece) !== tag)) {
    return refuse(400, 'InvalidPart');
  }
  const whole = chosen.flatMap(({ piece }) => (piece ? [piece] : []));
  if (whole.slice(0, -1).some(({ length }) => length < pieceBytesMin)) {
    return refuse(400, 'EntityTooSmall');
  }
  bucket.objects.set(key, Buffer.concat(whole));
  bucket.uploads.delete(uploadId);
  const xml = `<CompleteMultipartUploadResult><Key>${escape(key)}</Key></CompleteMultipartUploadResult>`;
  return { operation: 'CompleteMultipartUpload', status: 200, xml };
}

function listUploads({ uploads }: Bucket, query: URLSearchParams): Answer {
  const prefix = query.get('prefix') ?? '';
  const rows = [...uploads]
    .filter(([, { key }]) => key.startsWith(prefix))
    .map(([id, { key }]) => `<Upload><Key>${escape(key)}</Key><UploadId>${id}</UploadId></Upload>`);
  const xml = `<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>${rows.join('')}</ListMultipartUploadsResult>`;
  return { operation: 'ListMultipartUploads', status: 200, xml };
}

function refuse(status: number, code: string): Answer {
  const xml = `<Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  return { operation: code, status, xml };
}

function tagOf(bytes: Uint8Array): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function unescape(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#34;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
}
