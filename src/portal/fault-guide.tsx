import type { Child } from 'hono/jsx';
import type { Visit } from '../http/route.ts';
import { mailHref } from '../pages/href.ts';
import { SummaryList } from '../pages/tables.tsx';
import { notice } from '../policy/notice.ts';
import { buyerFaultText } from '../text/buyer-fault.ts';
import { date } from '../text/format.ts';
import { ourAddress } from './buyer-words.ts';
import { sellerEmail } from './seller.tsx';

type GuideProps = {
  readonly visit: Visit;
  /** What shows that it was bought here, in a sentence. */
  readonly proof: string;
  /** The last day to complain about goods; null where it is not one and the same. */
  readonly lastDay: Temporal.PlainDate | null;
};

/** How to complain about a fault: what to do, where to write, and for how long. */
export function FaultGuide({ visit, proof, lastDay }: GuideProps): Child {
  const { language } = visit;
  const words = buyerFaultText[language];
  const email = sellerEmail(visit.site);
  return (
    <>
      <h2>{words.how}</h2>
      <ol>
        {[words.soon, words.tell, proof, words.keep].map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      <p>{words.answer}</p>
      <SummaryList
        rows={[
          {
            key: words.where,
            value: (
              <>
                {`${notice.controller.name}, ${ourAddress}`}
                <br />
                <a href={mailHref(email)}>{email}</a>
              </>
            ),
          },
          {
            key: words.until,
            value: (
              <>
                {words.goods}{' '}
                {lastDay !== null && <strong>{words.lastDay(date(lastDay, language))}</strong>}
                <br />
                {words.services}
                <br />
                <span class="soft small">{words.law}</span>
              </>
            ),
          },
          {
            key: words.disagree,
            value: (
              <>
                {`${words.board} `}
                <a href="https://www.arn.se/">{words.boardLink}</a>
              </>
            ),
          },
        ]}
      />
    </>
  );
}
