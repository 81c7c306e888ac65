/** What every page of the mail supplier has around it. */
import type { Child } from 'hono/jsx';

export function Layout({ title, children }: { title: string; children?: Child }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title} – Sandbox mail</title>
        <link rel="stylesheet" href="/mailbox.css" />
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <header class="top">
          <p class="brand">
            <a href="/">Sandbox mail</a>
          </p>
          <p class="note">
            Stands in for a mail supplier. Nothing here reaches a real mailbox.{' '}
            <span lang="sv">Sandlåda: inga mejl lämnar datorn.</span>
          </p>
        </header>
        <main id="content">{children}</main>
      </body>
    </html>
  );
}

export function NothingHerePage() {
  return (
    <Layout title="Nothing here">
      <h1>Nothing here</h1>
      <p>
        The message may have been erased. <a href="/">To the mailbox</a>
      </p>
    </Layout>
  );
}

export function Time({ at }: { at: Temporal.Instant }) {
  const words = at.toLocaleString('en-GB', {
    timeZone: 'Europe/Stockholm',
    dateStyle: 'long',
    timeStyle: 'medium',
  });
  return <time datetime={at.toString()}>{words}</time>;
}
