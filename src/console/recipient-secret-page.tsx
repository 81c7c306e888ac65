import type { OwnVisit } from '../http/route.ts';
import type { RowId } from '../ids.ts';
import { BackLink } from '../pages/links.tsx';
import { CopyableCode } from '../pages/notices.tsx';
import { SummaryList } from '../pages/tables.tsx';
import { setupText } from '../text/console-setup.ts';
import { recipientOf, register } from './agreement-pages.tsx';
import { consolePage } from './frame.tsx';

/** Shows the secret with which a recipient knows our requests to erase; it is derived, and stored nowhere. */
export function showSecret(secretOf: (recipientId: RowId) => string) {
  return async (visit: OwnVisit): Promise<Response> => {
    const words = setupText[visit.language].secret;
    const recipient = await recipientOf(visit);
    return consolePage(
      visit,
      { title: words.title, current: 'recipients' },
      <>
        <BackLink href={register}>{words.back}</BackLink>
        <h1>{words.heading(recipient.name)}</h1>
        <p class="lead">{words.lead}</p>
        <CopyableCode
          label={words.label}
          code={secretOf(recipient.recipientId)}
          words={{ copy: words.copy, copied: words.copied }}
        />
        <SummaryList rows={[{ key: words.to, value: recipient.erasureUrl ?? words.noUrl }]} />
        <p>{words.how}</p>
        <p>{words.careful}</p>
      </>,
    );
  };
}
