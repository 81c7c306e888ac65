import { currentTerms, findTerms, listTerms } from '../history/terms.ts';
import type { PublishedTerms } from '../history/terms.ts';
import { seeOther } from '../http/answers.ts';
import type { Visit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import type { Language } from '../text/bilingual.ts';
import { Problem } from '../problem.ts';
import { date, dayAt } from '../text/format.ts';
import { shopPagesText } from '../text/shop-pages.ts';
import { portalPage } from './frame.tsx';

/** The conditions of sale that hold now, and the way to those that did. */
export async function termsPage(visit: Visit): Promise<Response> {
  const { language, op } = visit;
  const words = shopPagesText[language].terms;
  const current = await currentTerms(op.db);
  const earlier = (await listTerms(op.db)).filter(({ termsId }) => termsId !== current.termsId);
  return portalPage(
    visit,
    { title: words.title },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead(dayOf(current, language))}</p>
      <Sections terms={current} language={language} />
      <p>
        <a href="/withdrawal-form">{words.form}</a> <span aria-hidden="true">·</span>{' '}
        <a href="/notice">{words.notice}</a>
      </p>
      {earlier.length > 0 && (
        <>
          <h2>{words.earlier}</h2>
          <p>{words.earlierText}</p>
          <ul>
            {earlier.map((one) => (
              <li>
                <a href={`/terms/${one.termsId}`}>{words.from(dayOf(one, language))}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>,
  );
}

/** Conditions as they were when something was ordered. */
export async function termsVersionPage(visit: Visit): Promise<Response> {
  const { language, op, params } = visit;
  const termsId = params['version'] ?? '';
  const terms = isRowId(termsId) ? await findTerms(op.db, termsId) : null;
  if (terms === null) throw new Problem('not-found');
  if (terms.isCurrent) return seeOther('/terms');
  const words = shopPagesText[language].terms;
  const title = words.from(dayOf(terms, language));
  return portalPage(
    visit,
    { title },
    <>
      <BackLink href="/terms">{words.back}</BackLink>
      <h1>{title}</h1>
      <Notice kind="warning" title={words.old}>
        <p>
          {words.oldText} <a href="/terms">{words.toCurrent}</a>
        </p>
      </Notice>
      <Sections terms={terms} language={language} />
    </>,
  );
}

function Sections({ terms, language }: { terms: PublishedTerms; language: Language }) {
  return (
    <>
      <p class="soft">{shopPagesText[language].terms.version(terms.version)}</p>
      {terms.sections.map(({ heading, paragraphs }) => (
        <section>
          <h2>{heading[language]}</h2>
          {paragraphs.map((paragraph) => (
            <p>{paragraph[language]}</p>
          ))}
        </section>
      ))}
    </>
  );
}

function dayOf({ publishedAt }: PublishedTerms, language: Language): string {
  return date(dayAt(publishedAt), language);
}
