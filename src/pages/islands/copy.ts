/// <reference lib="dom" />

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('[data-copy]') : null;
  if (button instanceof HTMLButtonElement) void copy(button);
});

async function copy(button: HTMLButtonElement): Promise<void> {
  await navigator.clipboard.writeText(button.dataset['copy'] ?? '');
  const said = button.dataset['wordCopied'] ?? '';
  const words = button.querySelector('span');
  const status = document.querySelector('[data-live-status]');
  if (words !== null) words.textContent = said;
  if (status !== null) status.textContent = said;
}
