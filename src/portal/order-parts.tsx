import type { OrderState } from '../database/records.ts';
import type { Delivery } from '../history/orders.ts';
import { Badge } from '../pages/tables.tsx';
import type { BadgeKind } from '../pages/tables.tsx';
import type { Language } from '../text/bilingual.ts';
import { telephone } from '../text/format.ts';
import { portalOrdersText } from '../text/portal-orders.ts';

const badgeKinds: Readonly<Record<OrderState, BadgeKind>> = {
  unpaid: 'waiting',
  placed: 'now',
  performed: 'done',
  cancelled: 'stopped',
  lapsed: 'stopped',
};

/** How far an order has come, in a word. */
export function OrderBadge({ state, language }: { state: OrderState; language: Language }) {
  return <Badge kind={badgeKinds[state]}>{portalOrdersText[language].states[state]}</Badge>;
}

/** Text as it was typed, line by line. */
export function TypedLines({ text }: { text: string }) {
  return (
    <>
      {text.split('\n').map((line, index) => (
        <>
          {index > 0 && <br />}
          {line}
        </>
      ))}
    </>
  );
}

/** A postal address, a line each. */
export function DeliveryAddress({ delivery }: { delivery: Delivery }) {
  return (
    <address>
      {delivery.recipient_name}
      {delivery.street !== null && (
        <>
          <br />
          {delivery.street}
          <br />
          {`${delivery.postal_code} ${delivery.town}`}
        </>
      )}
      {delivery.phone !== null && (
        <>
          <br />
          {telephone(delivery.phone)}
        </>
      )}
    </address>
  );
}
