/** What the banks send by themselves: callbacks and events, again and again until somebody says 2xx. */
import type { Timetable } from './bank-timetable.ts';
import type { BankWeather } from './bank-weather.ts';

export type Letter = {
  readonly url: string;
  readonly body: string;
  /** Made anew for each attempt, because signatures hold the time; `forged` ones are wrong on purpose. */
  readonly headers: (forged: boolean) => Record<string, string>;
};

export type Post = {
  /** Resolves after the first attempt, whatever came of it. */
  send(letter: Letter): Promise<void>;
  /** How often somebody was called, for tests. */
  readonly attempts: () => number;
};

/** As Swish does it; Stripe waits longer and tries for days. */
const retrySeconds = [5, 10, 20, 40, 60, 60, 60, 60, 60, 60];
const heldSeconds = 3;
const timeoutMs = 10_000;

export function openPost(parts: {
  readonly weather: () => BankWeather;
  readonly timetable: Timetable;
}): Post {
  const { weather, timetable } = parts;
  let attempts = 0;
  const held: Letter[] = [];
  const attempt = async (letter: Letter, retry = 0): Promise<void> => {
    attempts += 1;
    if (await isTaken(letter, weather().callbacks === 'wrong signature')) return;
    const seconds = retrySeconds[retry];
    if (seconds !== undefined) timetable.after(seconds, () => attempt(letter, retry + 1));
  };
  const release = async (): Promise<void> => {
    for (const letter of held.splice(0).toReversed()) await attempt(letter);
  };
  const send = async (letter: Letter): Promise<void> => {
    switch (weather().callbacks) {
      case 'lost':
        return;
      case 'twice':
        await Promise.all([attempt(letter), attempt(letter)]);
        return;
      case 'out of order':
        held.push(letter);
        if (held.length > 1) return release();
        timetable.after(heldSeconds, release);
        return;
      case 'fair':
      case 'early':
      case 'wrong signature':
        return attempt(letter);
    }
  };
  return { send: (letter) => timetable.during(send(letter)), attempts: () => attempts };
}

async function isTaken({ url, body, headers }: Letter, forged: boolean): Promise<boolean> {
  // A sandbox calls nobody outside, whatever address it is given.
  if (!isOnThisMachine(url)) return true;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers(forged) },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

export function isOnThisMachine(url: string): boolean {
  const parsed = URL.parse(url);
  return (
    parsed !== null &&
    /^https?:$/.test(parsed.protocol) &&
    /^(?:localhost|127\.0\.0\.1)$/.test(parsed.hostname)
  );
}
