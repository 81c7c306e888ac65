/// <reference lib="dom" />

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('[data-print]') : null;
  if (button !== null) globalThis.print();
});
