import type { PropsWithChildren } from 'hono/jsx';

import type { Language } from '../text/bilingual.ts';
import { assetPath } from './assets.ts';
import { bankHref, loopbackHref } from './href.ts';
import { Icon } from './icons.tsx';
import type { FrameProps, FrameWords, SignedIn } from './page-words.ts';

/** What JSX makes, whether or not a component in it is asynchronous. */
export interface Renderable {
  toString(): string | Promise<string>;
}

/** The whole document as text, ready to send. */
export async function renderDocument(page: Renderable): Promise<string> {
  return `<!doctype html>${await page.toString()}`;
}

/** The outermost elements of every page: head, skip link, sandbox strip. */
export function Document(
  props: PropsWithChildren<{
    frame: FrameProps;
    words: FrameWords;
    sheet: 'portal.css' | 'console.css';
  }>,
) {
  const { frame, words } = props;
  return (
    <html lang={frame.language} class={props.sheet === 'console.css' ? 'console' : 'portal'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${frame.title} – ${frame.company.name}`}</title>
        {frame.description !== undefined && <meta name="description" content={frame.description} />}
        <link
          rel="preload"
          as="font"
          type="font/woff2"
          href={assetPath('hyperlegible-latin.woff2')}
          crossorigin=""
        />
        <link rel="stylesheet" href={assetPath(props.sheet)} />
        <link rel="icon" type="image/svg+xml" href={assetPath('icon.svg')} />
        <script type="module" src={assetPath('pages.js')}></script>
        <Onward frame={frame} />
      </head>
      <body>
        <a class="skip-link" href="#main">
          {words.skipToContent}
        </a>
        {frame.sandbox !== null && (
          <SandboxStrip words={words} mailboxUrl={frame.sandbox.mailboxUrl} />
        )}
        {props.children}
        <p class="visually-hidden" role="status" data-live-status></p>
      </body>
    </html>
  );
}

/** What makes the browser fetch a page without a hand: the next one at once, or this one again where no script does it. */
function Onward({ frame }: { frame: FrameProps }) {
  const { goesOnTo, refreshSeconds, refreshesAlone } = frame;
  if (goesOnTo !== undefined)
    return <meta http-equiv="refresh" content={`0;url=${bankHref(goesOnTo)}`} />;
  if (refreshesAlone !== true || refreshSeconds === undefined) return null;
  return (
    <noscript>
      <meta http-equiv="refresh" content={String(refreshSeconds)} />
    </noscript>
  );
}

/** The page's own content; the target of the skip link. */
export function Main(props: PropsWithChildren<{ refreshSeconds?: number | undefined }>) {
  return (
    <main id="main" tabindex={-1} data-refresh={props.refreshSeconds}>
      {props.children}
    </main>
  );
}

function SandboxStrip({ words, mailboxUrl }: { words: FrameWords; mailboxUrl: string }) {
  return (
    <aside class="sandbox-strip" aria-label={words.sandboxTitle}>
      <Icon name="flask-conical" />
      <p>
        <strong>{words.sandboxTitle}</strong> {words.sandboxText}{' '}
        <a href={loopbackHref(mailboxUrl)}>{words.sandboxMailbox}</a>
      </p>
    </aside>
  );
}

/** One button that shows this very page in the other language. */
export function LanguageSwitch(props: { language: Language; words: FrameWords; path: string }) {
  const other = props.language === 'sv' ? 'en' : 'sv';
  return (
    <form method="post" action="/language">
      <input type="hidden" name="return" value={props.path} />
      <button class="quiet-button" name="language" value={other} lang={other}>
        <Icon name="globe" />
        {props.words.otherLanguage}
      </button>
    </form>
  );
}

/** The name of who is signed in, and the way out. */
export function SignedInTools({ signedIn, words }: { signedIn: SignedIn; words: FrameWords }) {
  return (
    <div class="signed-in">
      {signedIn.href === undefined ? (
        <span class="signed-in__name">{signedIn.label}</span>
      ) : (
        <a class="signed-in__name" href={signedIn.href}>
          {signedIn.label}
        </a>
      )}
      <form method="post" action={signedIn.signOutAction}>
        <button class="quiet-button">
          <Icon name="log-out" />
          {words.signOut}
        </button>
      </form>
    </div>
  );
}

/** Opens the menu on small screens; it is a popover, so that it needs no script. */
export function MenuButton({ words }: { words: FrameWords }) {
  return (
    <button type="button" class="menu-button quiet-button" popovertarget="menu">
      <Icon name="menu" />
      {words.menu}
    </button>
  );
}

/** What the menu button opens; on wide screens it is simply part of the page. */
export function Menu({ words, children }: PropsWithChildren<{ words: FrameWords }>) {
  return (
    <div class="menu" id="menu" popover="auto">
      <button
        type="button"
        class="menu-close quiet-button"
        popovertarget="menu"
        popovertargetaction="hide"
      >
        <Icon name="x" />
        {words.closeMenu}
      </button>
      {children}
    </div>
  );
}
