import { ownPath, seeOther } from '../http/answers.ts';
import type { Visit } from '../http/route.ts';
import { Button, Form, Hidden } from '../pages/forms.tsx';
import { changesBetween } from '../policy/changes.ts';
import type { Change } from '../policy/changes.ts';
import { currentMark, currentNotice, versionByMark } from '../settings/notices.ts';
import { changeSentence, noticeVersionsText } from '../text/notice-versions.ts';

const changesShownMax = 3;

/** What the box says: that there is a notice, or what has changed since the one that was read. */
export type NoticeBoxState =
  | { readonly kind: 'first' }
  | { readonly kind: 'changed'; readonly mark: string; readonly changes: readonly Change[] };

/** What this visitor has not read yet; null for who has read what is in force. */
export async function unreadNotice(visit: Visit): Promise<NoticeBoxState | null> {
  const mark = visit.cookie('__Host-notice');
  if (mark === currentMark) return null;
  const read = mark === null ? null : await versionByMark(visit.op.db, mark);
  if (mark === null || read === null) return { kind: 'first' };
  return { kind: 'changed', mark, changes: changesBetween(read.content, currentNotice) };
}

/** Told once, in the page and never over it: nothing is blocked, and not answering changes nothing. */
export function NoticeBox({ visit, state }: { visit: Visit; state: NoticeBoxState }) {
  const words = noticeVersionsText[visit.language];
  return (
    <aside class="notice-box" aria-labelledby="notice-box" data-notice-box={state.kind}>
      <h2 id="notice-box">{state.kind === 'first' ? words.firstTitle : words.changedTitle}</h2>
      {state.kind === 'first' ? <p>{words.firstText}</p> : <Changed visit={visit} state={state} />}
      <Form action="/notice/read">
        <Hidden name="return" value={visit.path} />
        <div class="notice-box__ways">
          <Button kind="secondary">{words.done}</Button>
          <a href={state.kind === 'first' ? '/notice' : `/notice/changes?since=${state.mark}`}>
            {state.kind === 'first' ? words.read : words.seeChanges}
          </a>
        </div>
      </Form>
    </aside>
  );
}

function Changed({ visit, state }: { visit: Visit; state: NoticeBoxState & { kind: 'changed' } }) {
  const { language } = visit;
  const shown = state.changes.slice(0, changesShownMax);
  const more = state.changes.length - shown.length;
  return (
    <>
      <ul>
        {shown.map((change) => (
          <li>{changeSentence(change, language)}</li>
        ))}
      </ul>
      {more > 0 && <p>{noticeVersionsText[language].changedMore(more)}</p>}
    </>
  );
}

/** Remembers in a cookie, and nowhere else, that what is in force was read. */
export function noteRead(visit: Visit): Response {
  visit.setCookie('__Host-notice', currentMark);
  return seeOther(ownPath(visit.form.get('return') ?? '/'));
}
