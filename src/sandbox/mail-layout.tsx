/** What every page of the mail supplier has around it. */
import type { Child } from 'hono/jsx';
import { StandInPage } from './stand-in-page.tsx';
import type { StandIn } from './stand-in-page.tsx';

const mail: StandIn = {
  name: 'Sandbox mail',
  note: 'Stands in for a mail supplier. Nothing here reaches a real mailbox.',
  noteSv: 'Sandlåda: inga mejl lämnar datorn.',
  stylesheets: ['/mailbox.css'],
};

export function Layout({ title, children }: { title: string; children?: Child }) {
  return (
    <StandInPage standIn={mail} title={title}>
      {children}
    </StandInPage>
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
