import type { Visit } from '../http/route.ts';
import { ButtonLink } from '../pages/forms.tsx';
import { notice } from '../policy/notice.ts';
import { shopPagesText } from '../text/shop-pages.ts';
import { portalPage } from './frame.tsx';
import { sellerEmail } from './seller.tsx';
import { PrintButton } from './print-button.tsx';

/** The standard form for withdrawing from a purchase, to be printed, and what there is instead of it. */
export function withdrawalFormPage(visit: Visit): Promise<Response> {
  const words = shopPagesText[visit.language].withdrawal;
  const { name, street, postal_code, town } = notice.controller;
  const seller = `${name}, ${street}, ${postal_code} ${town}, ${sellerEmail(visit.site)}`;
  return portalPage(
    visit,
    { title: words.title },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <h2>{words.how}</h2>
      <ol>
        {words.steps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      <p>{words.afterwards}</p>
      <ButtonLink href="/withdraw">{words.way}</ButtonLink>
      <section class="panel paper-form" aria-labelledby="form">
        <h2 id="form">{words.form}</h2>
        <p>{words.only}</p>
        <p>{words.to(seller)}</p>
        <ul>
          {words.fields.map((field) => (
            <li>{field}</li>
          ))}
        </ul>
        <p>{words.strike}</p>
      </section>
      <p>
        <PrintButton label={words.print} />
      </p>
      <p>
        <a href="/terms">{words.terms}</a>
      </p>
    </>,
  );
}
