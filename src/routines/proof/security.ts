import { statSync, readdirSync } from 'node:fs';
import path from 'node:path';
import tls from 'node:tls';
import { readAvailability } from '../../availability/minutes.ts';
import { newestRehearsal } from '../../availability/situation.ts';
import type { Operation } from '../../operation.ts';
import { limits } from '../../policy/limits.ts';
import type { ProofParts, Seen } from './finding.ts';

/** What each answer carries (OWASP ASVS 5.0, 3.4); those of TLS only where there is TLS. */
const headers: readonly (readonly [name: string, holds: RegExp])[] = [
  ['content-security-policy', /object-src 'none'|default-src 'none'/],
  ['content-security-policy', /frame-ancestors 'none'/],
  ['x-content-type-options', /^nosniff$/],
  ['referrer-policy', /^(?:no-referrer|same-origin)$/],
  ['cross-origin-opener-policy', /^same-origin$/],
];
const strictTransport = /max-age=(\d{8,})/;
const pages = ['/', '/sign-in', '/console/sign-in'];
const connectTimeoutMs = 5_000;

/**
 * P11: encrypted on the way, with the headers that protect a browser; keys that only their owner can read; nothing
 * suspicious that nobody looked at; restores rehearsed; and up for the share of the time that the notice says.
 */
export async function serviceIsSecure(op: Operation, parts: ProofParts): Promise<Seen> {
  const seen = await Promise.all([
    lookAtHeaders(parts),
    lookAtCertificate(op, parts),
    lookAtKeyFiles(parts),
    lookAtEvents(op),
    lookAtRehearsal(op),
    lookAtAvailability(op, parts),
  ]);
  return {
    lookedAt: seen.reduce((sum, { lookedAt }) => sum + lookedAt, 0),
    found: seen.flatMap(({ found }) => found),
  };
}

async function lookAtHeaders({ fetchPage, origin }: ProofParts): Promise<Seen> {
  const found: string[] = [];
  for (const page of pages) {
    const answer = await fetchPage(page).catch(() => null);
    if (answer === null) return { lookedAt: 1, found: [`${page} cannot be read`] };
    for (const [name, holds] of headers) {
      if (!holds.test(answer.headers.get(name) ?? '')) found.push(`${page}: ${name} is not strict`);
    }
    const transport = answer.headers.get('strict-transport-security') ?? '';
    if (isTls(origin) && !strictTransport.test(transport))
      found.push(`${page}: strict-transport-security is not a year`);
  }
  return { lookedAt: pages.length * headers.length, found };
}

/** As a visitor's browser would see it: the chain is verified by the connection itself. */
async function lookAtCertificate({ now }: Operation, { origin }: ProofParts): Promise<Seen> {
  if (!isTls(origin)) return { lookedAt: 0, found: [] };
  const until = await certificateEnd(new URL(origin)).catch(() => null);
  if (until === null) return { lookedAt: 1, found: ['the certificate does not hold'] };
  const days = until.since(now).total('hours') / 24;
  const found =
    days < limits.certificate_days ? [`the certificate ends in ${Math.floor(days)} days`] : [];
  return { lookedAt: 1, found };
}

function certificateEnd({ hostname, port }: URL): Promise<Temporal.Instant> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect(
      {
        host: hostname,
        port: Number(port || 443),
        servername: hostname,
        timeout: connectTimeoutMs,
      },
      () => {
        const { valid_to } = socket.getPeerCertificate();
        socket.end();
        resolve(Temporal.Instant.fromEpochMilliseconds(Date.parse(valid_to)));
      },
    );
    socket.on('timeout', () => socket.destroy(new Error('no answer')));
    socket.on('error', reject);
  });
}

function isTls(origin: string): boolean {
  return origin.startsWith('https:');
}

/** Folders and files of the keyring and the secrets: nobody else may read, and none of them may be a link away. */
function lookAtKeyFiles({ secretFolders }: ProofParts): Promise<Seen> {
  const places = secretFolders.flatMap((folder) => [folder, ...filesBelow(folder)]);
  const found = places
    .filter((place) => (statSync(place, { throwIfNoEntry: false })?.mode ?? 0) & 0o077)
    .map(
      (place) =>
        `${path.basename(path.dirname(place))}/${path.basename(place)} can be read by others`,
    );
  return Promise.resolve({ lookedAt: places.length, found });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) =>
    path.join(entry.parentPath, entry.name),
  );
}

async function lookAtEvents({ db, now }: Operation): Promise<Seen> {
  const late = now.subtract({ hours: limits.security_event_hours });
  const rows = await db
    .selectFrom('routines.security_event')
    .select(['event_id', 'noted_at'])
    .where('settled_at', 'is', null)
    .execute();
  const found = rows
    .filter(({ noted_at }) => Temporal.Instant.compare(noted_at, late) < 0)
    .map(({ event_id }) => `routines.security_event ${event_id}: nobody has looked at it`);
  return { lookedAt: rows.length, found };
}

/** Nothing is asked of an installation that is younger than the time between two rehearsals. */
async function lookAtRehearsal({ db, now }: Operation): Promise<Seen> {
  const due = now.subtract({ hours: limits.rehearsal_days * 24 });
  const latest = await newestRehearsal(db, now);
  if (latest !== null && Temporal.Instant.compare(latest, due) >= 0)
    return { lookedAt: 1, found: [] };
  const first = await db
    .selectFrom('vault.owner')
    .select('created_at')
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst();
  const isYoung = !first || Temporal.Instant.compare(first.created_at, due) >= 0;
  return isYoung
    ? { lookedAt: 0, found: [] }
    : { lookedAt: 1, found: [`no restore was rehearsed in ${limits.rehearsal_days} days`] };
}

/** A sandbox is started and stopped at will, so nothing is asked of it. */
async function lookAtAvailability({ db, now }: Operation, { sandbox }: ProofParts): Promise<Seen> {
  if (sandbox) return { lookedAt: 0, found: [] };
  const { percent } = await readAvailability(db, now);
  if (percent === null) return { lookedAt: 0, found: [] };
  const found =
    percent < limits.availability_percent
      ? [`ready in ${percent.toFixed(2)} per cent of the time`]
      : [];
  return { lookedAt: 1, found };
}
