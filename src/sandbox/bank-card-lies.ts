/** What the stand-in of Stripe makes of the truth in bad weather. What it has written down stays true. */
import { randomUUID } from 'node:crypto';
import type { BankWeather } from './bank-weather.ts';

type Told = Readonly<Record<string, unknown>>;

const sums = ['amount', 'amount_received', 'amount_subtotal', 'amount_total'];

/** An object, or a list of them, as it leaves. */
export function distort(told: Told, truth: BankWeather['truth']): Told {
  switch (truth) {
    case 'fair':
      return told;
    case 'wrong amount':
      return mapObjects(told, (each) => dearer(each));
    case 'other payment':
      return mapObjects(told, (each) => ofSomebodyElse(each));
  }
}

/** Those within it too: an expanded payment intent, the entries of a list. */
function mapObjects(told: Told, change: (each: Told) => Told): Told {
  const entries = Object.entries(told).map(([name, value]) => {
    if (Array.isArray(value)) return [name, value.map((each: Told) => mapObjects(each, change))];
    const isObject = typeof value === 'object' && value !== null && 'object' in value;
    return [name, isObject ? mapObjects({ ...value }, change) : value];
  });
  return change(Object.fromEntries(entries) as Told);
}

function dearer(told: Told): Told {
  const dear = Object.entries(told).map(([name, value]) => [
    name,
    sums.includes(name) && typeof value === 'number' ? value + 100 : value,
  ]);
  return Object.fromEntries(dear) as Told;
}

function ofSomebodyElse(told: Told): Told {
  const reference = 'client_reference_id' in told ? { client_reference_id: randomUUID() } : {};
  const metadata = 'metadata' in told ? { metadata: { payment: randomUUID() } } : {};
  return { ...told, ...reference, ...metadata };
}
