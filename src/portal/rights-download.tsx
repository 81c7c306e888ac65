import { downloadPieces } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { ButtonLink } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { inPieces, writeArchive } from '../requests/archive.ts';
import { exportInsight } from '../requests/insight-file.ts';
import { dayAt } from '../text/format.ts';
import { archiveText } from '../text/privacy-file.ts';
import { rightsText } from '../text/rights.ts';
import { portalPage } from './frame.tsx';

/** Which file it shall be. */
export function downloadPage(visit: OwnVisit): Promise<Response> {
  const words = rightsText[visit.language].download;
  return portalPage(
    visit,
    { title: words.title, current: 'myData' },
    <>
      <BackLink href="/my-data">{words.back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <p>{words.safe}</p>
      <h2>{words.archive}</h2>
      <p>{words.archiveText}</p>
      <ButtonLink href="/my-data/download/archive" icon="download">
        {words.archiveButton}
      </ButtonLink>
      <h2>{words.json}</h2>
      <p>{words.jsonText}</p>
      <ButtonLink href="/my-data/download/json" kind="secondary" icon="download">
        {words.jsonButton}
      </ButtonLink>
    </>,
  );
}

/** Everything in one archive, written while it is sent. */
export function downloadArchive(visit: OwnVisit): Promise<Response> {
  const { op, owner, language } = visit;
  const pieces = writeArchive(op, owner, language);
  return downloadPieces(pieces, nameOf(visit, 'zip'), 'application/zip');
}

/** All rows, exactly as they are, written while they are sent. */
export function downloadJson(visit: OwnVisit): Promise<Response> {
  const { op, owner, language } = visit;
  const pieces = inPieces(exportInsight(op, owner, language));
  return downloadPieces(pieces, nameOf(visit, 'json'), 'application/json; charset=utf-8');
}

function nameOf({ op, language }: OwnVisit, ending: string): string {
  return `${archiveText[language].name}-${dayAt(op.now).toString()}.${ending}`;
}
