/** What every page of the banks has around it. */
import type { Child } from 'hono/jsx';

export function BankLayout({ title, children }: { title: string; children?: Child }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title} – Sandbox bank</title>
        <link rel="stylesheet" href="/mailbox.css" />
        <link rel="stylesheet" href="/bank.css" />
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <header class="top">
          <p class="brand">
            <a href="/">Sandbox bank</a>
          </p>
          <p class="note">
            Stands in for Swish and for card payments. No money moves here.{' '}
            <span lang="sv">Sandlåda: inga riktiga pengar.</span>
          </p>
        </header>
        <main id="content">{children}</main>
      </body>
    </html>
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
