/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/** What the page asks the device lasts five minutes; after this long it is fetched anew. */
const freshMs = 4 * 60_000;

/** Typing an address waits for a passkey all the while; another question to the device has to end that first. */
let waiting: AbortController | null = null;
let fetchedMs = performance.now();

if (isSupported()) {
  for (const area of areas()) prepare(area);
  for (const words of document.querySelectorAll('[data-passkey-unsupported]')) words.remove();
  void waitForPasskey();
  setInterval(renew, freshMs);
  document.addEventListener('visibilitychange', renew);
}
void tellKeepers();

function isSupported(): boolean {
  return (
    'PublicKeyCredential' in window &&
    'parseRequestOptionsFromJSON' in PublicKeyCredential &&
    'parseCreationOptionsFromJSON' in PublicKeyCredential
  );
}

/** A page that nobody sees is left alone until somebody does. */
function renew(): void {
  const isOld = performance.now() - fetchedMs >= freshMs;
  if (isOld && document.visibilityState === 'visible') void waitForPasskey();
}

function areas(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-passkey]')];
}

function prepare(area: HTMLElement): void {
  area.hidden = false;
  area.querySelector('[data-passkey-start]')?.addEventListener('click', () => void start(area));
}

async function start(area: HTMLElement): Promise<void> {
  waiting?.abort();
  waiting = null;
  say(area, '');
  try {
    await freshen();
    send(area, area.dataset['passkey'] === 'create' ? await create(area) : await get(area));
  } catch (error) {
    say(area, wordsFor(area, error));
    void waitForPasskey();
  }
}

/** Offers passkeys in the list below the field for the address, until one is chosen or the button is pressed. */
async function waitForPasskey(): Promise<void> {
  const area = areas().find(({ dataset }) => dataset['conditional'] === 'yes');
  if (area === undefined || !(await PublicKeyCredential.isConditionalMediationAvailable())) return;
  waiting?.abort();
  const mine = new AbortController();
  waiting = mine;
  try {
    await freshen();
    if (mine.signal.aborted) return;
    send(area, await get(area, { mediation: 'conditional', signal: mine.signal }));
  } catch {
    // Nobody chose one, or something else was asked meanwhile: the form with the password stands where it stood.
  }
}

function get(area: HTMLElement, how: CredentialRequestOptions = {}): Promise<Credential | null> {
  const options = JSON.parse(
    area.dataset['options'] ?? '',
  ) as PublicKeyCredentialRequestOptionsJSON;
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return navigator.credentials.get({ ...how, publicKey });
}

function create(area: HTMLElement): Promise<Credential | null> {
  const options = JSON.parse(
    area.dataset['options'] ?? '',
  ) as PublicKeyCredentialCreationOptionsJSON;
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  return navigator.credentials.create({ publicKey });
}

function send(area: HTMLElement, credential: Credential | null): void {
  const form = area.querySelector('form');
  const answer = form?.elements.namedItem('answer');
  if (form === null || !(answer instanceof HTMLInputElement)) return;
  if (!(credential instanceof PublicKeyCredential)) return;
  answer.value = JSON.stringify(credential.toJSON());
  form.requestSubmit();
}

/** The same page again, for what it asks the device now. */
async function freshen(): Promise<void> {
  if (performance.now() - fetchedMs < freshMs) return;
  const answer = await fetch(location.pathname + location.search, { redirect: 'error' });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const area of areas()) {
    const same = page.querySelector<HTMLElement>(`[data-passkey="${area.dataset['passkey']}"]`);
    const options = same?.dataset['options'];
    if (options !== undefined) area.dataset['options'] = options;
  }
  fetchedMs = performance.now();
}

function wordsFor({ dataset }: HTMLElement, error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'InvalidStateError') return dataset['wordExists'] ?? '';
  if (name === 'NotAllowedError' || name === 'AbortError') return dataset['wordStopped'] ?? '';
  return dataset['wordFailed'] ?? '';
}

function say(area: HTMLElement, words: string): void {
  const said = area.querySelector('[data-passkey-said]');
  const line = document.createElement('p');
  line.className = 'error';
  line.textContent = words;
  said?.replaceChildren(...(words === '' ? [] : [line]));
}

/** Whoever keeps the passkeys learns which of them still work, and what their owner is called. */
async function tellKeepers(): Promise<void> {
  const place = document.querySelector<HTMLElement>('[data-passkey-signals]');
  if (place === null || !('PublicKeyCredential' in window)) return;
  const signals = JSON.parse(place.dataset['passkeySignals'] ?? '[]') as {
    tell: 'unknown' | 'accepted' | 'person';
    detail: never;
  }[];
  const ways: Partial<typeof PublicKeyCredential> = PublicKeyCredential;
  for (const { tell, detail } of signals) {
    try {
      if (tell === 'unknown') await ways.signalUnknownCredential?.(detail);
      else if (tell === 'accepted') await ways.signalAllAcceptedCredentials?.(detail);
      else await ways.signalCurrentUserDetails?.(detail);
    } catch {
      // They tidy their list or they do not; nothing here depends on it.
    }
  }
}
