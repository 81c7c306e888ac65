/** What every page of a stand-in has around it, and how it tells the time. */
import type { Child } from 'hono/jsx';

export type StandIn = {
  readonly name: string;
  /** For what it stands in, and what does not happen here. */
  readonly note: string;
  /** The same in a few words of Swedish. */
  readonly noteSv: string;
  readonly stylesheets: readonly string[];
};

export function StandInPage(props: { standIn: StandIn; title: string; children?: Child }) {
  const { standIn, title, children } = props;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>
          {title} – {standIn.name}
        </title>
        {standIn.stylesheets.map((sheet) => (
          <link rel="stylesheet" href={sheet} />
        ))}
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <header class="top">
          <p class="brand">
            <a href="/">{standIn.name}</a>
          </p>
          <p>
            {standIn.note} <span lang="sv">{standIn.noteSv}</span>
          </p>
        </header>
        <main id="content">{children}</main>
      </body>
    </html>
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
