import type { Child, PropsWithChildren } from 'hono/jsx';

import { href } from './href.ts';
import { Icon, type IconName } from './icons.tsx';

/** The way back to the page above. */
export function BackLink(props: PropsWithChildren<{ href: string }>) {
  return (
    <p class="back">
      <a href={href(props.href)}>
        <Icon name="arrow-left" />
        {props.children}
      </a>
    </p>
  );
}

/** A link to a file, with its kind and size in the words. */
export function DownloadLink(
  props: PropsWithChildren<{ href: string; filename?: string | undefined }>,
) {
  return (
    <a class="with-icon" href={href(props.href)} download={props.filename ?? true}>
      <Icon name="download" />
      {props.children}
    </a>
  );
}

export interface LinkRow {
  href: string;
  label: string;
  description?: Child;
  icon?: IconName | undefined;
}

/** Ways to go from here, a line each. */
export function LinkList({ links }: { links: readonly LinkRow[] }) {
  return (
    <ul class="link-list">
      {links.map((link) => (
        <li>
          {link.icon !== undefined && <Icon name={link.icon} />}
          <div>
            <a href={href(link.href)}>{link.label}</a>
            {link.description !== undefined && <p>{link.description}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}

export interface TocEntry {
  /** The id of the heading. */
  id: string;
  label: string;
  entries?: readonly TocEntry[] | undefined;
}

/** What a long page holds. Stands in the aside of `WithAside`. */
export function Toc({ title, entries }: { title: string; entries: readonly TocEntry[] }) {
  return (
    <nav class="toc" aria-labelledby="toc-title">
      <p class="toc__title" id="toc-title">
        {title}
      </p>
      <TocList entries={entries} />
    </nav>
  );
}

function TocList({ entries }: { entries: readonly TocEntry[] }) {
  return (
    <ol>
      {entries.map((entry) => (
        <li>
          <a href={href(`#${entry.id}`)}>{entry.label}</a>
          {entry.entries !== undefined && <TocList entries={entry.entries} />}
        </li>
      ))}
    </ol>
  );
}

export interface PaginationProps {
  words: { label: string; previous: string; next: string };
  /** Where on the list one is, such as `Sida 2 av 7`. */
  position: string;
  previousHref?: string | undefined;
  nextHref?: string | undefined;
}

/** Older and newer. Nothing when there is only one page. */
export function Pagination(props: PaginationProps) {
  if (props.previousHref === undefined && props.nextHref === undefined) return null;
  return (
    <nav class="pages" aria-label={props.words.label}>
      {props.previousHref !== undefined && (
        <a class="button button--secondary" href={href(props.previousHref)} rel="prev">
          <Icon name="arrow-left" />
          {props.words.previous}
        </a>
      )}
      <span class="pages__position">{props.position}</span>
      {props.nextHref !== undefined && (
        <a class="button button--secondary" href={href(props.nextHref)} rel="next">
          {props.words.next}
          <Icon name="arrow-right" />
        </a>
      )}
    </nav>
  );
}
