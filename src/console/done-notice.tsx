import type { OwnVisit } from '../http/route.ts';
import { Notice } from '../pages/notices.tsx';

/** What was just done, in words of the page; nothing for anything else that stands in the address. */
export function DoneNotice(props: {
  visit: OwnVisit;
  words: Readonly<Record<string, { readonly title: string; readonly text: string }>>;
}) {
  const done = props.visit.query.get('done') ?? '';
  const outcome = Object.hasOwn(props.words, done) ? props.words[done] : undefined;
  if (outcome === undefined) return null;
  return (
    <Notice kind="success" title={outcome.title} role="status">
      <p>{outcome.text}</p>
    </Notice>
  );
}
