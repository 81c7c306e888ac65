import { takeCardEvent, takeSwishCallback } from '../history/payments/callbacks.ts';
import type { MachineVisit, Route } from '../http/route.ts';
import { isRowId } from '../ids.ts';

/** What callbacks of banks need from the running server. */
export type CallbackParts = {
  /** With which the card company signs its events; none where there is no card company. */
  readonly cardSecrets: readonly string[];
  /** Lets the routine of payments run soon. */
  readonly paymentsDue: () => void;
};

/** Where nothing is paid: commands that show a page, and tests. */
export const noCallbacks: CallbackParts = { cardSecrets: [], paymentsDue: () => undefined };

/** Where banks say that something has changed. Machines: no cookies, no pages, and nothing said that is not proven. */
export function callbackRoutes(parts: CallbackParts): Route[] {
  return [
    {
      method: 'POST',
      path: '/callbacks/swish/:id',
      access: 'machine',
      purpose: 'payment',
      page: (visit) => takeSwish(visit, parts),
    },
    {
      method: 'POST',
      path: '/callbacks/card',
      access: 'machine',
      purpose: 'payment',
      page: (visit) => takeCard(visit, parts),
    },
  ];
}

/** Always 200: who asks learns nothing about which payments there are, and Swish need not come again. */
async function takeSwish(visit: MachineVisit, { paymentsDue }: CallbackParts): Promise<Response> {
  const id = visit.params['id'] ?? '';
  if (isRowId(id) && (await takeSwishCallback(visit.op, id, visit))) paymentsDue();
  return new Response(null, { status: 200 });
}

/** What is not signed is refused, so that a wrong secret is seen at the card company. */
async function takeCard(
  visit: MachineVisit,
  { cardSecrets, paymentsDue }: CallbackParts,
): Promise<Response> {
  const taken = await takeCardEvent(visit.op, visit, cardSecrets);
  if (taken === true) paymentsDue();
  return new Response(null, { status: taken === null ? 400 : 200 });
}
