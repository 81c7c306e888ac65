import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { readSecret } from '../config.ts';
import type { S3Access } from '../backup-config.ts';
import { Problem } from '../problem.ts';
import { manifestFile } from './archive-files.ts';
import type { Place } from './place.ts';

type Bucket = { readonly client: S3Client; readonly bucket: string; readonly prefix: string };

/** The smallest piece that S3 takes of an upload in pieces. */
const pieceBytes = 5 * 1024 * 1024;
const piecesAtOnce = 2;
const attemptsMax = 5;
const connectTimeoutMs = 10_000;
const requestTimeoutMs = 120_000;
const deletedAtOnce = 1000;

/** Objects below `prefix/archive/`. An archive is whole once its manifest is there, which is written last. */
export function openS3(options: {
  readonly bucket: string;
  readonly prefix: string;
  readonly access: S3Access;
}): Place {
  const { bucket, prefix, access } = options;
  const at: Bucket = { client: clientOf(access), bucket, prefix };
  const put = (archive: string, file: string, bytes: Uint8Array) =>
    told(() => upload(at, `${prefix}${archive}/${file}`, bytes));
  return {
    kind: 's3',
    words: `s3://${bucket}/${prefix}`,
    list: () => told(async () => wholeOnes(await filesByArchive(at))),
    begin: (archive) =>
      Promise.resolve({
        write: (file: string, bytes: Uint8Array) => put(archive, file, bytes),
        finish: (file: string, bytes: Uint8Array) => {
          if (file !== manifestFile) throw new Error('the manifest comes last');
          return put(archive, file, bytes);
        },
      }),
    read: (archive, file) => told(() => read(at, `${prefix}${archive}/${file}`)),
    remove: (archive) =>
      told(async () => {
        // The manifest first: what is being removed must not look whole when it is cut off.
        await removeKeys(at, [`${prefix}${archive}/${manifestFile}`]);
        await removeKeys(at, await keysBelow(at, `${prefix}${archive}/`));
      }),
    clear: (isOurs) => told(() => clear(at, isOurs)),
  };
}

function clientOf({ endpoint, region, accessKeyFile, secretKeyFile }: S3Access): S3Client {
  return new S3Client({
    region,
    ...(endpoint !== null && { endpoint, forcePathStyle: true }),
    credentials: {
      accessKeyId: readSecret(accessKeyFile),
      secretAccessKey: readSecret(secretKeyFile),
    },
    maxAttempts: attemptsMax,
    // Other object stores than Amazon's do not all know the newer checksums; ours stand in the manifest.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: connectTimeoutMs, requestTimeout: requestTimeoutMs },
  });
}

async function upload({ client, bucket }: Bucket, key: string, bytes: Uint8Array): Promise<void> {
  const params = { Bucket: bucket, Key: key, Body: bytes };
  if (bytes.length <= pieceBytes) {
    await client.send(new PutObjectCommand(params));
    return;
  }
  await new Upload({ client, params, partSize: pieceBytes, queueSize: piecesAtOnce }).done();
}

async function read({ client, bucket }: Bucket, key: string): Promise<Uint8Array> {
  const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  if (!found.Body) throw new Problem('not-found', `s3://${bucket}/${key} is missing.`);
  return found.Body.transformToByteArray();
}

async function keysBelow({ client, bucket }: Bucket, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
    );
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return keys;
}

async function filesByArchive(at: Bucket): Promise<Map<string, string[]>> {
  const names = (await keysBelow(at, at.prefix)).map((key) => key.slice(at.prefix.length));
  const inArchives = names.map((name) => name.split('/')).filter((parts) => parts.length === 2);
  return new Map(
    [...Map.groupBy(inArchives, ([archive]) => archive ?? '')].map(([archive, files]) => [
      archive,
      files.map(([, file]) => file ?? ''),
    ]),
  );
}

function wholeOnes(archives: Map<string, string[]>): string[] {
  return [...archives].filter(([, files]) => files.includes(manifestFile)).map(([name]) => name);
}

async function removeKeys({ client, bucket }: Bucket, keys: readonly string[]): Promise<void> {
  for (let from = 0; from < keys.length; from += deletedAtOnce) {
    const Objects = keys.slice(from, from + deletedAtOnce).map((Key) => ({ Key }));
    const { Errors } = await client.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    );
    if (Errors && Errors.length > 0) {
      throw new Problem('unavailable', `Old archives in s3://${bucket} cannot be removed.`);
    }
  }
}

/** Objects without a manifest, and uploads in pieces that nobody finished: those are not listed, but are paid for. */
async function clear(at: Bucket, isOurs: (archive: string) => boolean): Promise<void> {
  for (const [archive, files] of await filesByArchive(at)) {
    if (files.includes(manifestFile) || !isOurs(archive)) continue;
    await removeKeys(
      at,
      files.map((file) => `${at.prefix}${archive}/${file}`),
    );
  }
  const { Uploads } = await at.client.send(
    new ListMultipartUploadsCommand({ Bucket: at.bucket, Prefix: at.prefix }),
  );
  for (const { Key = '', UploadId } of Uploads ?? []) {
    if (!isOurs(Key.slice(at.prefix.length).split('/')[0] ?? '')) continue;
    await at.client.send(new AbortMultipartUploadCommand({ Bucket: at.bucket, Key, UploadId }));
  }
}

const sentences: Readonly<Record<string, string>> = {
  NoSuchBucket: 'The bucket does not exist.',
  AccessDenied: 'The object store refuses: the key may not do this in this bucket.',
  InvalidAccessKeyId: 'The object store does not know the access key.',
  SignatureDoesNotMatch: 'The object store refuses the secret key.',
};

/** Errors of the library quote requests; what an operator needs of them is their name. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem) throw error;
    const name = error instanceof Error ? error.name : 'unknown';
    if (name === 'NoSuchKey') throw new Problem('not-found', 'A file of the archive is missing.');
    throw new Problem(
      'unavailable',
      sentences[name] ?? `The object store cannot be used (${name}). Try again later.`,
    );
  }
}
