/// <reference lib="dom" />

/** A receipt's code travels in the fragment, which browsers never send; it goes on in the body of a POST. */
const longestCode = 200;

const form = document.querySelector('form[data-receipt-code]');
const code = location.hash.slice(1);

if (form instanceof HTMLFormElement && /^[\w-]+$/.test(code) && code.length <= longestCode) {
  const input = form.elements.namedItem('code');
  history.replaceState(null, '', location.pathname + location.search);
  if (input instanceof HTMLInputElement) {
    input.value = code;
    form.requestSubmit();
  }
}
