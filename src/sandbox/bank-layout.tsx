/** What every page of the banks has around it. */
import type { Child } from 'hono/jsx';
import { StandInPage } from './stand-in-page.tsx';
import type { StandIn } from './stand-in-page.tsx';

const bank: StandIn = {
  name: 'Sandbox bank',
  note: 'Stands in for Swish and for card payments. No money moves here.',
  noteSv: 'Sandlåda: inga riktiga pengar.',
  stylesheets: ['/mailbox.css', '/bank.css'],
};

export function BankLayout({ title, children }: { title: string; children?: Child }) {
  return (
    <StandInPage standIn={bank} title={title}>
      {children}
    </StandInPage>
  );
}

export function NoPaymentPage() {
  return (
    <BankLayout title="Nothing here">
      <h1>Nothing here</h1>
      <p>
        The bank knows no such payment. <a href="/">To the bank</a>
      </p>
    </BankLayout>
  );
}

/** A bank is a controller of its own, so it has a notice of its own. This one stores what its pages show. */
export function BankPrivacyPage() {
  return (
    <BankLayout title="How the sandbox bank handles data">
      <h1>How the sandbox bank handles data</h1>
      <p>
        This is where a real bank would have its privacy notice. The sandbox bank gets an order
        number, an amount and ids from the shop, and keeps them in a file in the sandbox’s own
        folder.
      </p>
    </BankLayout>
  );
}
