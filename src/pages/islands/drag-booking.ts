/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

// Bookings are dragged to a free place of the calendar. What happens then is what the form on the booking's own page
// does; who does not drag uses that.
const form = document.querySelector<HTMLFormElement>('form[data-move-form]');
let dragged: string | null = null;

if (form !== null) {
  for (const link of document.querySelectorAll<HTMLElement>('[data-booking]')) {
    const slot = link.closest<HTMLElement>('.slot');
    if (slot !== null) makeDraggable(slot, link.dataset['booking'] ?? '');
  }
  for (const place of document.querySelectorAll<HTMLElement>('td[data-time]')) {
    makePlace(place, form);
  }
}

function makeDraggable(slot: HTMLElement, address: string): void {
  slot.draggable = true;
  slot.addEventListener('dragstart', (event) => {
    dragged = address;
    if (event.dataTransfer !== null) event.dataTransfer.effectAllowed = 'move';
    slot.classList.add('slot--dragged');
  });
  slot.addEventListener('dragend', () => {
    dragged = null;
    slot.classList.remove('slot--dragged');
  });
}

function makePlace(place: HTMLElement, target: HTMLFormElement): void {
  place.addEventListener('dragover', (event) => {
    if (dragged === null) return;
    event.preventDefault();
    place.classList.add('calendar__target');
  });
  place.addEventListener('dragleave', () => place.classList.remove('calendar__target'));
  place.addEventListener('drop', (event) => {
    place.classList.remove('calendar__target');
    if (dragged === null) return;
    event.preventDefault();
    send(target, dragged, place.dataset);
  });
}

function send(target: HTMLFormElement, address: string, place: DOMStringMap): void {
  target.action = address;
  for (const name of ['day', 'time', 'with']) {
    const field = target.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = place[name] ?? '';
  }
  target.requestSubmit();
}
