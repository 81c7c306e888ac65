import type { Visit } from '../http/route.ts';
import { notice } from '../policy/notice.ts';
import { accessibilityText } from '../text/portal-accessibility.ts';
import { portalPage } from './frame.tsx';

/** How accessible the pages are, what has been checked and what has not. */
export function accessibilityPage(visit: Visit): Promise<Response> {
  const words = accessibilityText[visit.language];
  return portalPage(
    visit,
    { title: words.title },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead(notice.controller.name)}</p>
      {words.sections.map(({ heading, points }) => (
        <>
          <h2>{heading}</h2>
          <ul>
            {points.map((point) => (
              <li>{point}</li>
            ))}
          </ul>
        </>
      ))}
      <h2>{words.trouble}</h2>
      <p>{words.troubleText}</p>
    </>,
  );
}
