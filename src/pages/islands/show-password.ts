/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

document.addEventListener('click', (event) => {
  const button =
    event.target instanceof Element ? event.target.closest('[data-show-password]') : null;
  if (!(button instanceof HTMLButtonElement)) return;
  const input = document.getElementById(button.dataset['showPassword'] ?? '');
  if (input instanceof HTMLInputElement) show(button, input, input.type === 'password');
});

// A browser remembers what stood in a text field, so a password must not be sent as one.
document.addEventListener('submit', (event) => {
  if (!(event.target instanceof HTMLFormElement)) return;
  for (const button of event.target.querySelectorAll<HTMLButtonElement>('[data-show-password]')) {
    const input = document.getElementById(button.dataset['showPassword'] ?? '');
    if (input instanceof HTMLInputElement) show(button, input, false);
  }
});

function show(button: HTMLButtonElement, input: HTMLInputElement, shown: boolean): void {
  input.type = shown ? 'text' : 'password';
  button.textContent = (shown ? button.dataset['wordHide'] : button.dataset['wordShow']) ?? '';
}
