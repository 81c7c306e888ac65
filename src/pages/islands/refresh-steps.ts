/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

const giveUpAfter = 5;
let failures = 0;

schedule();

/** The page itself says how long to wait; when it stops saying so, the work is done. */
function schedule(): void {
  const seconds = Number(currentMain()?.dataset['refresh']);
  if (seconds > 0 && failures < giveUpAfter) setTimeout(() => void refresh(), seconds * 1000);
}

async function refresh(): Promise<void> {
  if (document.visibilityState === 'visible') {
    const next = await fetchMain();
    if (next === 'elsewhere') return location.reload();
    failures = next === null ? failures + 1 : 0;
    if (next !== null && !isInTheWay(next)) show(next);
  }
  schedule();
}

/** `elsewhere`: what was waited for has come, and the page leads on to another one. */
async function fetchMain(): Promise<HTMLElement | 'elsewhere' | null> {
  try {
    const answer = await fetch(location.pathname + location.search, { redirect: 'manual' });
    if (answer.type === 'opaqueredirect') return 'elsewhere';
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    return page.querySelector('main');
  } catch {
    return null;
  }
}

function show(next: HTMLElement): void {
  const main = currentMain();
  if (main === null) return;
  const focused = focusedInside()?.id ?? '';
  const before = announcementIn(main);
  const after = announcementIn(next);
  main.replaceChildren(...next.childNodes);
  const seconds = next.dataset['refresh'];
  if (seconds === undefined) delete main.dataset['refresh'];
  else main.dataset['refresh'] = seconds;
  const status = document.querySelector('[data-live-status]');
  if (status !== null && after !== before) status.textContent = after;
  if (focused !== '') document.getElementById(focused)?.focus({ preventScroll: true });
}

function announcementIn(main: HTMLElement): string {
  return main.querySelector<HTMLElement>('[data-announcement]')?.dataset['announcement'] ?? '';
}

/**
 * Nothing is swapped under the hands of somebody who uses a control or has marked a text. A link or a button that comes
 * again under its own id gets its focus back.
 */
function isInTheWay(next: HTMLElement): boolean {
  if (document.getSelection()?.isCollapsed === false) return true;
  const focused = focusedInside();
  if (focused === null) return false;
  const isPressed = focused.matches('a[id], button[id]');
  return !isPressed || next.querySelector(`#${CSS.escape(focused.id)}`) === null;
}

function focusedInside(): HTMLElement | null {
  const main = currentMain();
  const focused = document.activeElement;
  const isInside = focused instanceof HTMLElement && focused !== main && main?.contains(focused);
  return isInside === true ? focused : null;
}

function currentMain(): HTMLElement | null {
  return document.querySelector('main');
}
