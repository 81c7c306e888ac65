/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/** A page that has not been left by then was answered with a file, or the network failed. */
const giveBackAfterMs = 10_000;

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== 'post') return;
  if (form.dataset['sent'] === 'yes') event.preventDefault();
  else hold(form);
});

// The page may come back from the browser's memory as it was left.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sent]')) giveBack(form);
});

/** The button keeps its focus and its place in what is sent, so it is held and not disabled. */
function hold(form: HTMLFormElement): void {
  form.dataset['sent'] = 'yes';
  for (const button of submitButtons(form)) button.setAttribute('aria-disabled', 'true');
  setTimeout(() => giveBack(form), giveBackAfterMs);
}

function giveBack(form: HTMLFormElement): void {
  delete form.dataset['sent'];
  for (const button of submitButtons(form)) button.removeAttribute('aria-disabled');
}

function submitButtons(form: HTMLFormElement): NodeListOf<HTMLButtonElement> {
  return form.querySelectorAll('button:not([type="button"])');
}
