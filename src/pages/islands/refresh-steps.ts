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
  if (document.visibilityState === 'visible' && !someoneIsInside()) {
    const next = await fetchMain();
    failures = next === null ? failures + 1 : 0;
    if (next !== null) show(next);
  }
  schedule();
}

async function fetchMain(): Promise<HTMLElement | null> {
  try {
    const answer = await fetch(location.pathname + location.search, { redirect: 'error' });
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
  const before = announcementIn(main);
  const after = announcementIn(next);
  main.replaceChildren(...next.childNodes);
  const seconds = next.dataset['refresh'];
  if (seconds === undefined) delete main.dataset['refresh'];
  else main.dataset['refresh'] = seconds;
  const status = document.querySelector('[data-live-status]');
  if (status !== null && after !== before) status.textContent = after;
}

function announcementIn(main: HTMLElement): string {
  return main.querySelector<HTMLElement>('[data-announcement]')?.dataset['announcement'] ?? '';
}

/** Nothing is swapped under the hands of somebody who uses a control or has marked a text. */
function someoneIsInside(): boolean {
  const main = currentMain();
  const focused = document.activeElement;
  const marked = document.getSelection()?.isCollapsed === false;
  return marked || (focused !== null && focused !== main && main?.contains(focused) === true);
}

function currentMain(): HTMLElement | null {
  return document.querySelector('main');
}
