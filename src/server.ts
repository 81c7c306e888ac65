import { createHash } from 'node:crypto';
import path from 'node:path';
import { siteApp } from './app.ts';
import { noteSecurityEvent } from './availability/security-events.ts';
import type { MetricsReader } from './availability/probes.ts';
import { openWatch } from './availability/watch.ts';
import type { Watch } from './availability/watch.ts';
import { breachCheck, breachFilterIn } from './accounts/breach-filter.ts';
import { backupPartsOf } from './backup/parts.ts';
import { begin } from './begin.ts';
import { countryOf, originOf, readSecret } from './config.ts';
import type { Config } from './config.ts';
import type { Records } from './database/records.ts';
import type { Noted } from './http/app.ts';
import { listen } from './http/listen.ts';
import type { AddressSource } from './http/network.ts';
import { publishTerms } from './history/terms.ts';
import { newRowId } from './ids.ts';
import type { RowId } from './ids.ts';
import { erasureMaster, openInstallation, proofPartsOf } from './installation.ts';
import type { Installation } from './installation.ts';
import { startRoutines } from './jobs/runner.ts';
import type { Runner } from './jobs/runner.ts';
import { openLog, placeOf, sqlStateOf } from './log.ts';
import type { Log } from './log.ts';
import { openSmtp } from './messages/smtp.ts';
import type { Smtp, SmtpOptions } from './messages/smtp.ts';
import type { Banks } from './history/payments/banks.ts';
import { certificateEndsAt as certificateEnd } from './history/payments/swish-certificate.ts';
import { openBanks } from './payments-config.ts';
import { notice } from './policy/notice.ts';
import { isProblem, Problem } from './problem.ts';
import { erasureSecretFor, openWebhook } from './recipients/webhook.ts';
import { advanceErasure } from './routines/erasure.ts';
import type { Surroundings } from './routines/erasure-steps.ts';
import type { Sandbox } from './sandbox/company.ts';
import { publishCurrent } from './settings/notices.ts';
import type { Site } from './site.ts';
import { version } from './project.ts';

export type RunningServer = {
  readonly origin: string;
  readonly mailboxUrl: string | null;
  readonly bankUrl: string | null;
  /** What the operator should know, in sentences. */
  readonly warnings: readonly string[];
  stop(): Promise<void>;
};

type Clock = () => Temporal.Instant;

/** Starts everything: databases, stores, sandbox, routines and pages. Whatever fails is undone. */
export async function startServer(config: Config, clock: Clock): Promise<RunningServer> {
  const log = openLog({ folder: config.dataFolder, clock });
  log.write({ event: 'start', version: version(), mode: config.mode, policyHash: policyHash() });
  const installation = await openInstallation({
    config,
    role: 'server',
    now: clock(),
    onChange: (store, change) => log.write({ event: 'store', store, change }),
  });
  try {
    return await serveInstallation(config, clock, installation, log);
  } catch (error) {
    await installation.close();
    throw error;
  }
}

async function serveInstallation(
  config: Config,
  clock: Clock,
  installation: Installation,
  log: Log,
): Promise<RunningServer> {
  const sandbox = config.mode === 'sandbox' ? await openSandbox(config, clock, installation) : null;
  await publishCurrent(installation.db, clock());
  await publishTerms(installation.db, clock());
  const smtp = openSmtp(sandbox?.smtp ?? mailServerOf(config));
  const bankOptions = sandbox?.bank ?? config.banks;
  const banks = openBanks(bankOptions);
  const around = surroundings(config, clock);
  const listening = await listen(config.port);
  const origin = originOf(config, listening.port);
  const site: Site = {
    ...siteOf(origin, sandbox),
    isBreached: breachCheckOf(config, log),
    ...(config.regions !== null && { recordsCountry: countryOf(config.regions.records) }),
  };
  const watch = watchOver(config, clock, installation);
  sandbox?.bank.setWebhook(`${origin}/callbacks/card`);
  const cardSecrets = bankOptions.card?.webhookSecrets ?? [];
  const certificateEndsAt =
    bankOptions.swish === null ? null : certificateEnd(bankOptions.swish.identity);
  const shared = { config, installation, site, around, clock, log, watch };
  const parts = { ...shared, banks, cardSecrets, certificateEndsAt };
  const runner = startRunner({ ...parts, smtp });
  listening.answerWith(appOf({ ...parts, runner }));
  stopServingWhenStoresGoBack({ ...parts, runner });
  installation.databases.lock?.announce(listening.port);
  const warnings = warningsOf(config, log);
  log.write({ event: 'ready', port: listening.port, ms: Math.round(performance.now()) });
  return {
    origin,
    warnings,
    mailboxUrl: sandbox?.supplier.url ?? null,
    bankUrl: sandbox?.bank.url ?? null,
    stop: async () => {
      await listening.close();
      await runner.stop();
      await smtp.close();
      await sandbox?.supplier.stop();
      await sandbox?.bank.stop();
      await installation.close();
      log.close();
    },
  };
}

type Parts = {
  readonly config: Config;
  readonly installation: Installation;
  readonly site: Site;
  readonly around: Surroundings;
  readonly clock: Clock;
  readonly log: Log;
  readonly watch: Watch;
  readonly banks: Banks;
  /** With which the card company signs what it tells. */
  readonly cardSecrets: readonly string[];
  readonly certificateEndsAt: Temporal.Instant | null;
};

function watchOver(config: Config, clock: Clock, { db, vault, databases }: Installation): Watch {
  return openWatch({
    db,
    pools: { records: databases.records.pool, keys: databases.keys.pool },
    obstacles: () => vault.watch.obstacles,
    metricsFor: metricsReader(config),
    clock,
  });
}

/** A sandbox is on loopback alone, where anybody may look at what it counts. */
function metricsReader({ mode, metricsTokenFile }: Config): MetricsReader {
  if (mode === 'sandbox') return 'everybody';
  return metricsTokenFile === null ? 'nobody' : { token: readSecret(metricsTokenFile) };
}

function appOf(
  parts: Parts & { readonly runner: Runner },
): (request: Request, env: unknown) => Response | Promise<Response> {
  const { installation, site, clock, log, watch } = parts;
  const app = siteApp({
    db: installation.db,
    vault: installation.vault,
    site,
    clock,
    addressSource: addressSourceOf(parts.config),
    note: (noted) => {
      noteRequest(log, clock, noted);
      if (noted.problem === 'key-missing') noteLostKey(installation.db, clock());
      watch.metrics.noteRequest(noted);
    },
    closing: closingWith(parts),
    banks: parts.banks,
    cardSecrets: parts.cardSecrets,
    paymentsDue: () => parts.runner.wake('payments'),
    certificateEndsAt: parts.certificateEndsAt,
    erasureSecretOf: (recipientId) => erasureSecretFor(erasureMaster(parts.config), recipientId),
  });
  return async (request, env) => {
    const probed = await watch.answer(request);
    if (probed) return probed;
    // A store went back: whatever is read from it could be somebody who was erased.
    if (!installation.vault.watch.isOpen) return new Response(null, { status: 503 });
    return app.fetch(request, env);
  };
}

/** Nothing is read or written any more; the process stays, so that its probes say why. */
function stopServingWhenStoresGoBack({
  installation,
  log,
  runner,
}: Parts & { readonly runner: Runner }): void {
  installation.vault.watch.onClosed((setbacks) => {
    for (const { store } of setbacks) log.write({ event: 'store', store, change: 'went-back' });
    void runner.stop();
  });
}

/** Makes an account unreadable before its customer gets an answer; the routine does the rest. */
function closingWith({ installation, around, clock, runner }: Parts & { readonly runner: Runner }) {
  return async (erasureId: RowId): Promise<void> => {
    const { db, vault } = installation;
    const actor = { party: 'routine', routine: 'erasures' } as const;
    const op = begin({ db, vault, actor, purpose: 'leaving', now: clock() });
    await advanceErasure(op, erasureId, around, 'fenced');
    runner.wake('erasures');
  };
}

function startRunner({
  config,
  installation,
  smtp,
  site,
  around,
  clock,
  log,
  watch,
  banks,
}: Parts & { readonly smtp: Smtp }): Runner {
  const fetchPage = (page: string, request?: RequestInit) =>
    fetch(`${site.origin}${page}`, { redirect: 'manual', ...request });
  return startRoutines({
    db: installation.db,
    vault: installation.vault,
    parts: {
      smtp,
      sender: site.sender,
      origin: site.origin,
      erasure: around,
      proof: proofPartsOf(config, site.origin, fetchPage),
      ready: watch.ready,
      banks,
      backup: backupPartsOf(config, installation, { clock, progress: () => undefined }),
    },
    clock,
    note: (routine, count, ms, error) => {
      watch.metrics.noteRoutine(routine, error ? 'failed' : 'done', ms);
      const failed = {
        code: isProblem(error) ? error.code : 'unexpected',
        place: placeOf(error),
        ...sqlStateOf(error),
      } as const;
      log.write({
        event: 'routine',
        routine,
        outcome: error ? 'failed' : 'done',
        count,
        ms,
        ...(error ? failed : {}),
      });
    },
  });
}

function surroundings(config: Config, clock: Clock): Surroundings {
  return {
    tell: openWebhook({ master: erasureMaster(config), clock }),
    logFolder: path.join(config.dataFolder, 'log'),
    sandbox: config.mode === 'sandbox',
    clock,
    passed: () => undefined,
  };
}

/** The sandbox is loaded only where it is used, so that production does not even have it in memory. */
async function openSandbox(
  config: Config,
  clock: Clock,
  { db, vault }: Installation,
): Promise<Sandbox> {
  const { startSandbox } = await import('./sandbox/company.ts');
  const actor = { party: 'routine', routine: 'sandbox' } as const;
  const op = begin({ db, vault, actor, purpose: 'employment', now: clock() });
  return startSandbox(op, {
    folder: path.join(config.dataFolder, 'sandbox'),
    port: config.port === 0 ? 0 : config.port + 1,
    erasureMaster: erasureMaster(config),
    clock,
  });
}

function siteOf(origin: string, sandbox: Sandbox | null): Site {
  const host = sandbox ? 'example.se' : new URL(origin).hostname;
  return {
    origin,
    sender: { from: `${notice.controller.name} <kund@${host}>`, domain: host },
    sandbox: sandbox && { mailboxUrl: sandbox.supplier.url, bankUrl: sandbox.bank.url },
  };
}

/** In the sandbox nobody stands in between; in production something must, because the server listens to this machine. */
function addressSourceOf({ mode, clientAddress }: Config): AddressSource {
  return mode === 'sandbox' ? 'connection' : (clientAddress ?? 'proxied');
}

function warningsOf(config: Config, log: Log): string[] {
  if (addressSourceOf(config) !== 'proxied') return [];
  log.write({ event: 'warning', warning: 'no-client-address' });
  return [
    'clientAddress is not configured: attempts to guess are not counted by network, and whoever guesses at an address can slow its owner down.',
  ];
}

function breachCheckOf({ dataFolder }: Config, log: Log) {
  return breachCheck(breachFilterIn(dataFolder), () =>
    log.write({ event: 'warning', warning: 'breach-filter-damaged' }),
  );
}

function mailServerOf({ smtp }: Config): SmtpOptions {
  if (smtp === null) throw new Problem('bad-input', 'The configuration names no mail server.');
  const { host, port, secure, user, passwordFile, dkim } = smtp;
  return {
    host,
    port,
    secure,
    ...(user !== null &&
      passwordFile !== null && { auth: { user, password: readSecret(passwordFile) } }),
    ...(dkim && {
      dkim: {
        domainName: dkim.domain,
        keySelector: dkim.selector,
        privateKey: readSecret(dkim.keyFile),
      },
    }),
  };
}

/** Somebody's data cannot be opened though nobody erased it: staff has to know, whether or not the visitor tells. */
function noteLostKey(db: Records, now: Temporal.Instant): void {
  // What the request met is answered and logged already; a database that is away cannot be told of it too.
  noteSecurityEvent(db, 'key-missing', now).catch(() => undefined);
}

function noteRequest(log: Log, clock: Clock, noted: Noted): void {
  const id = noted.id ?? newRowId(clock());
  const { method, route, status, ms } = noted;
  log.write({ event: 'request', id, method, route, status, ms });
  if (noted.problem === undefined) return;
  const { problem: code, error } = noted;
  log.write({ event: 'problem', id, route, code, place: placeOf(error), ...sqlStateOf(error) });
}

function policyHash(): string {
  return createHash('sha256').update(JSON.stringify(notice)).digest('hex');
}
