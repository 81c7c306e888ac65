import type { Child, PropsWithChildren } from 'hono/jsx';

import { Icon, type IconName } from './icons.tsx';

/** Danger is for what destroys; everything that went wrong or needs thought is a warning. */
export type NoticeKind = 'info' | 'success' | 'warning' | 'danger';

const noticeIcons: Record<NoticeKind, IconName> = {
  info: 'info',
  success: 'circle-check',
  warning: 'triangle-alert',
  danger: 'trash',
};

export interface NoticeProps {
  kind: NoticeKind;
  /** The kind in a word or the message in a line: `Bra att veta`, `Sparat`. */
  title: string;
  /** `status` for the outcome of what was just done, so that it is read out; `alert` when it cannot wait. */
  role?: 'status' | 'alert' | undefined;
}

/** A message that stands out from the page. */
export function Notice(props: PropsWithChildren<NoticeProps>) {
  return (
    <div class={`notice notice--${props.kind}`} role={props.role}>
      <Icon name={noticeIcons[props.kind]} />
      <div class="notice__body">
        <p class="notice__title">{props.title}</p>
        {props.children}
      </div>
    </div>
  );
}

/** More to read for those who want it. */
export function Details(
  props: PropsWithChildren<{ summary: Child; open?: boolean | undefined; id?: string | undefined }>,
) {
  return (
    <details class="details" id={props.id} open={props.open}>
      <summary>
        <Icon name="chevron-right" />
        <span>{props.summary}</span>
      </summary>
      <div class="details__body">{props.children}</div>
    </details>
  );
}

export interface CopyableCodeProps {
  label: string;
  code: string;
  words: { copy: string; copied: string };
}

/** A code to keep, easy to read aloud. One press marks all of it; with script there is a copy button. */
export function CopyableCode({ label, code, words }: CopyableCodeProps) {
  return (
    <div class="code">
      <p class="code__label">{label}</p>
      <div class="code__row">
        <output class="code__text" translate="no">
          {code}
        </output>
        <button
          type="button"
          class="quiet-button needs-script"
          data-copy={code}
          data-word-copied={words.copied}
        >
          <Icon name="copy" />
          <span>{words.copy}</span>
        </button>
      </div>
    </div>
  );
}

/** What to show, kindly, where there is nothing yet. */
export function EmptyState(
  props: PropsWithChildren<{ title: string; icon?: IconName | undefined }>,
) {
  return (
    <div class="empty">
      {props.icon !== undefined && <Icon name={props.icon} />}
      <p class="empty__title">{props.title}</p>
      {props.children}
    </div>
  );
}
