import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ErrorSummary } from './choices.tsx';
import { renderDocument } from './document.tsx';
import { Field, PasswordField } from './forms.tsx';
import { Page, type PageProps } from './layout.tsx';
import { LinkList } from './links.tsx';
import { DataTable, Moment, Price } from './tables.tsx';

const malicious = `"><script>alert('x')</script>`;

const words = {
  skipToContent: 'Hoppa till innehållet',
  menu: 'Meny',
  closeMenu: 'Stäng',
  mainNavigation: 'Huvudmeny',
  signOut: 'Logga ut',
  otherLanguage: 'English',
  sandboxTitle: 'Provmiljö.',
  sandboxText: 'Inget här är på riktigt.',
  sandboxMailbox: 'Öppna brevlådan',
  contact: 'Kontakta oss',
  organisationNumber: 'Organisationsnummer',
  moreLinks: 'Om webbplatsen',
  notice: 'Så hanterar vi dina uppgifter',
  accessibility: 'Tillgänglighet',
};

const props: PageProps = {
  language: 'sv',
  title: 'Översikt',
  company: { name: 'Example', organisationNumber: '559012-3456', addressLines: ['Storgatan 1'] },
  nav: [{ href: '/overview', label: 'Översikt', current: true }],
  words,
  sandbox: null,
  path: '/overview',
  noticeHref: '/notice',
  accessibilityHref: '/accessibility',
};

function html(element: { toString(): string | Promise<string> }): string {
  const text = element.toString();
  assert.ok(typeof text === 'string');
  return text;
}

test('a page needs no inline style or script, so that the strictest policy fits', async () => {
  const page = await renderDocument(<Page {...props}>text</Page>);
  assert.match(page, /^<!doctype html><html lang="sv"/);
  assert.doesNotMatch(page, / style=| on[a-z]+=|<style|<script(?! type="module" src="\/assets\/)/);
});

test('a page tells its language, its place and the way past the menu', async () => {
  const page = await renderDocument(<Page {...props}>text</Page>);
  assert.match(page, /<title>Översikt – Example<\/title>/);
  assert.match(page, /href="\/overview" aria-current="page"/);
  assert.match(page, /class="skip-link" href="#main"/);
  assert.match(page, /<button[^>]*name="language" value="en" lang="en"/);
  assert.match(page, /name="return" value="\/overview"/);
});

test('every page of a sandbox says so, and no other does', async () => {
  const sandbox = { mailboxUrl: 'http://localhost:8081/' };
  assert.match(await renderDocument(<Page {...props} sandbox={sandbox} />), /Provmiljö/);
  assert.doesNotMatch(await renderDocument(<Page {...props} />), /Provmiljö/);
});

test('what people type is shown and never run', () => {
  const field = html(<Field name="name" label={malicious} value={malicious} error={malicious} />);
  assert.doesNotMatch(field, /<script/);
  assert.match(field, /value="&quot;&gt;&lt;script&gt;/);
});

test('a link that runs script never reaches a page', () => {
  assert.throws(() => html(<LinkList links={[{ href: 'javascript:alert(1)', label: 'x' }]} />));
});

test('a wrong field is tied to its hint and its error, and the summary leads to it', () => {
  const field = html(<Field name="email" label="E-postadress" hint="Hint" error="Fel" />);
  assert.match(field, /aria-describedby="field-email-hint field-email-error" aria-invalid="true"/);
  const summary = html(<ErrorSummary title="Fel" errors={[{ field: 'email', text: 'Fel' }]} />);
  assert.match(summary, /href="#field-email"/);
  assert.equal(html(<>{ErrorSummary({ title: 'Fel', errors: [] })}</>), '');
});

test('a password is never sent back to the browser', () => {
  const words = { show: 'Visa', hide: 'Dölj' };
  const field = html(
    <PasswordField name="password" label="Lösenord" autocomplete="new-password" words={words} />,
  );
  assert.doesNotMatch(field, / value=/);
});

test('a table names each value, for the list it becomes on a phone', () => {
  const columns = [
    { header: 'Vara', rowHeader: true, cell: (row: { name: string }) => row.name },
    { header: 'Summa', kind: 'number' as const, cell: () => <Price ore={125_000} language="sv" /> },
  ];
  const table = html(<DataTable caption="Köp" columns={columns} rows={[{ name: 'Tält' }]} />);
  assert.match(table, /<th role="rowheader" scope="row">Tält<\/th>/);
  assert.match(table, /data-label="Summa"/);
  assert.match(table, /<data class="price" value="1250.00">1\u00a0250\u00a0kr<\/data>/);
});

test('a moment is written for the reader and for the machine', () => {
  const value = Temporal.Instant.from('2026-11-22T13:00:00Z');
  const shown = html(<Moment value={value} language="en" />);
  assert.equal(shown, '<time datetime="2026-11-22T13:00:00Z">22 November 2026, 14:00</time>');
});
