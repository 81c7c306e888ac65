import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type Axe from 'axe-core';
import { chromium } from 'playwright-core';
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  CDPSession,
  Page,
  Request,
} from 'playwright-core';
import { projectFolder } from '../src/project.ts';
import type { Language } from '../src/text/bilingual.ts';

export type Looks = {
  readonly language: Language;
  readonly scripts?: boolean;
  readonly size?: 'desktop' | 'phone';
  readonly scheme?: 'light' | 'dark';
  readonly userAgent?: string;
};

/** One person at one browser. */
export type Visitor = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** The status of the last page that was shown. */
  status(): number;
  /** Fails when a page made the browser complain, or asked another host for anything. */
  assertQuiet(): void;
};

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 360, height: 740 } };
const actionTimeoutMs = 15_000;

/** Chromium, headless. `VARSAM_CHROMIUM` names another one than the packaged one, which is for Linux. */
export async function openBrowser(): Promise<Browser> {
  // Without Chromium's own sandbox, which needs rights that root in a container does not have; it sees only our pages.
  const args = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'];
  return chromium.launch({ executablePath: await findChromium(), args, headless: true });
}

/** A fresh visitor with empty cookies. Only the origins given may be asked for anything. */
export async function openVisitor(
  browser: Browser,
  looks: Looks,
  origins: () => readonly string[],
): Promise<Visitor> {
  const { language, scripts = true, size = 'desktop', scheme = 'light', userAgent } = looks;
  const options: BrowserContextOptions = {
    locale: language === 'sv' ? 'sv-SE' : 'en-GB',
    javaScriptEnabled: scripts,
    viewport: sizes[size],
    colorScheme: scheme,
    reducedMotion: 'reduce',
    ...(userAgent !== undefined && { userAgent }),
  };
  const context = await browser.newContext(options);
  context.setDefaultTimeout(actionTimeoutMs);
  const page = await context.newPage();
  const complaints = collectComplaints(page, origins);
  let status = 0;
  page.on('response', (response) => {
    if (isDocument(response.request())) status = response.status();
  });
  return {
    page,
    context,
    status: () => status,
    assertQuiet: () => assert.deepEqual(complaints, []),
  };
}

/** WCAG 2.2 A and AA by axe, and that nothing has to be scrolled sideways. */
export async function assertAccessible(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  const where = new URL(page.url()).pathname;
  const hasScripts = await page.evaluate(() => matchMedia('(scripting: enabled)').matches);
  const inspected = hasScripts ? page : await showToTwin(visitor);
  await loadAxe(inspected);
  const { violations, overflow } = await inspected.evaluate(inspect);
  assert.deepEqual(violations, [], `axe at ${where}`);
  assert.ok(overflow <= 0, `${where} is ${overflow} pixels too wide`);
}

/** Half a megabyte for every page: past the library, which would send it twice. */
async function loadAxe(page: Page): Promise<void> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, session);
  await (await session).send('Runtime.evaluate', { expression: axeSource });
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** Nothing stands on paper that can only be pressed: no button, no menu, and no strip of the sandbox. */
export async function assertPrintable({ page }: Visitor): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  const pressed = page.locator('button, nav, .button, .sandbox-strip, .skip-link');
  const printed = await pressed.filter({ visible: true }).allInnerTexts();
  await page.emulateMedia({ media: null });
  assert.deepEqual(printed, [], `${new URL(page.url()).pathname} prints what can only be pressed`);
}

/** Runs in the page, where axe is a global by then. */
async function inspect(): Promise<{ violations: string[]; overflow: number }> {
  const { axe } = globalThis as unknown as { axe: typeof Axe };
  const { violations } = await axe.run({
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    resultTypes: ['violations'],
    preload: false,
  });
  const { scrollWidth, clientWidth } = document.documentElement;
  return {
    violations: violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' ')}`,
    ),
    overflow: scrollWidth - clientWidth,
  };
}

type Twin = { readonly page: Page; html: string };
const twins = new WeakMap<BrowserContext, Promise<Twin>>();

/** The same document where scripts run, because axe is one; the page's own scripts stay off. */
async function showToTwin({ page, context }: Visitor): Promise<Page> {
  const known = twins.get(context) ?? openTwin(page, context.browser() as Browser);
  twins.set(context, known);
  const twin = await known;
  twin.html = await page.content();
  await twin.page.goto(page.url());
  return twin.page;
}

async function openTwin(page: Page, browser: Browser): Promise<Twin> {
  const colorScheme = await page.evaluate(() =>
    matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  );
  const context = await browser.newContext({
    viewport: page.viewportSize(),
    colorScheme,
    reducedMotion: 'reduce',
  });
  const twin: Twin = { page: await context.newPage(), html: '' };
  await twin.page.route('**/*', (route) => {
    const request = route.request();
    if (request.isNavigationRequest()) {
      return route.fulfill({ body: twin.html, contentType: 'text/html; charset=utf-8' });
    }
    return request.resourceType() === 'script' ? route.abort() : route.continue();
  });
  return twin;
}

function collectComplaints(page: Page, origins: () => readonly string[]): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    const { url } = message.location();
    // Chromium itself notes each page that is answered with 4xx; the tests look at those by their status.
    const isOwnStatus =
      /status of 4\d\d/.test(message.text()) && url.split('#')[0] === page.url().split('#')[0];
    if (message.type() === 'error' && !isOwnStatus) complaints.push(`${message.text()} ${url}`);
  });
  page.on('pageerror', (error) => complaints.push(`error ${error.message}`));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    const isOurs = origins().includes(origin) || protocol === 'data:' || protocol === 'blob:';
    if (!isOurs) complaints.push(`asks ${origin}`);
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // A download ends the navigation that asked for it.
    if (why !== 'net::ERR_ABORTED') complaints.push(`${why} ${request.url()}`);
  });
  return complaints;
}

function isDocument(request: Request): boolean {
  return request.isNavigationRequest() && request.frame().parentFrame() === null;
}

async function findChromium(): Promise<string> {
  const given = process.env['VARSAM_CHROMIUM'];
  return given !== undefined && given !== '' ? given : unpackChromium();
}

/** Unpacks the packaged Chromium once per version: aside first, because several test files may start at once. */
async function unpackChromium(): Promise<string> {
  const manifest = require.resolve('@sparticuz/chromium').replace(/build\/.*$/, 'package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const folder = path.join(projectFolder, 'node_modules', '.cache', `chromium-${version}`);
  if (!existsSync(folder)) {
    mkdirSync(path.dirname(folder), { recursive: true });
    const aside = mkdtempSync(`${folder}-`);
    await unpackInto(aside, path.dirname(manifest));
    moveUnlessThere(aside, folder);
  }
  const libraries = path.join(folder, 'al2023', 'lib');
  if (existsSync(libraries))
    (await import('@sparticuz/chromium')).setupLambdaEnvironment(libraries);
  return path.join(folder, 'chromium');
}

/** It unpacks into the temporary folder, whichever that is at the moment. */
async function unpackInto(folder: string, packageFolder: string): Promise<void> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    const packaged = await import('@sparticuz/chromium');
    const program = await packaged.default.executablePath();
    // Bare machines lack two libraries, which are packaged as well.
    if (spawnSync(program, ['--version'], { stdio: 'ignore' }).status !== 0) {
      await packaged.inflate(path.join(packageFolder, 'bin', 'al2023.tar.br'));
    }
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

function moveUnlessThere(aside: string, folder: string): void {
  try {
    renameSync(aside, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(aside, { recursive: true });
  }
}
