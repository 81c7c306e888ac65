import type { Visit } from '../http/route.ts';
import { mailHref } from '../pages/href.ts';
import { notice } from '../policy/notice.ts';
import { vatNumber } from '../policy/terms.ts';
import type { Site } from '../site.ts';
import { portalFrameText } from '../text/portal-frame.ts';
import { shopReviewText } from '../text/shop-review.ts';

/** Who sells, and where to turn when something is wrong (lagen om elektronisk handel 2002:562, 8 §). */
export function Seller({ visit }: { visit: Visit }) {
  const words = shopReviewText[visit.language];
  const { name, organisation_number, street, postal_code, town } = notice.controller;
  const email = sellerEmail(visit.site);
  return (
    <>
      <h2>{words.seller}</h2>
      <address>
        <strong>{name}</strong>
        <br />
        {`${street}, ${postal_code} ${town}`}
        <br />
        <a href={mailHref(email)}>{email}</a>
        <br />
        {`${portalFrameText[visit.language].organisationNumber} ${organisation_number}`}
        <br />
        {`${words.vatNumber} ${vatNumber}`}
      </address>
      <h3>{words.complaints}</h3>
      <p>{words.complaintsText}</p>
    </>
  );
}

/** The address that our letters come from, without the name before it. */
export function sellerEmail({ sender }: Pick<Site, 'sender'>): string {
  return /<([^>]+)>/.exec(sender.from)?.[1] ?? sender.from;
}
