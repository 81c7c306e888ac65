import { ownerOfGuestCode } from '../history/guests.ts';
import { orderOfOwner } from '../history/held-orders.ts';
import { seeOther } from '../http/answers.ts';
import type { BuyerVisit, Visit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, Field, Form } from '../pages/forms.tsx';
import { Notice } from '../pages/notices.tsx';
import { Problem } from '../problem.ts';
import { buyerGuestText } from '../text/buyer-guest.ts';
import { buyerRemoveText } from '../text/buyer-remove.ts';
import { portalPage } from './frame.tsx';

const typedMax = 500;

/** Asks for the link of an order that was placed without an account, or the code in it. */
export function guestPage(visit: Visit): Promise<Response> {
  return showForm(visit, '', null);
}

/** Leads to the order. The code has 256 random bits, so that nobody needs to be kept from guessing. */
export async function takeGuestCode(visit: Visit): Promise<Response> {
  const typed = visit.form.get('code') ?? '';
  const code = /(?:^|\/guest\/)([A-Za-z0-9_-]{86})(?=$|[/?#\s])/.exec(typed.trim())?.[1];
  const owner = code === undefined ? null : await ownerOfGuestCode(visit.op, code);
  if (owner === null) return showForm(visit, typed, typed.trim() === '' ? 'missing' : 'wrong');
  return seeOther(`/guest/${code}`);
}

/** A guest has one order, and the code leads to it. @throws Problem `not-found` when it is gone */
export async function guestOrdersPage({ op, owner, base }: BuyerVisit): Promise<Response> {
  const orderId = await orderOfOwner(op, owner);
  if (orderId === null) throw new Problem('not-found');
  return seeOther(`${base}/${orderId}`);
}

function showForm(
  visit: Visit,
  typed: string,
  fault: 'missing' | 'wrong' | null,
): Promise<Response> {
  const words = buyerGuestText[visit.language];
  const removed = buyerRemoveText[visit.language];
  const error = fault === null ? undefined : words[fault];
  return portalPage(
    visit,
    { title: words.title, status: fault === null ? 200 : 422 },
    <>
      <ErrorSummary
        title={words.faultsTitle}
        errors={error === undefined ? [] : [{ field: 'code', text: error }]}
      />
      {visit.query.has('removed') && (
        <Notice kind="success" title={removed.done} role="status">
          <p>{removed.doneText}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Form action="/guest">
        <Field
          name="code"
          label={words.code}
          hint={words.codeHint}
          value={typed.slice(0, typedMax)}
          error={error}
          autocomplete="off"
          spellcheck={false}
          maxlength={typedMax}
          required
        />
        <Button>{words.show}</Button>
      </Form>
      <h2>{words.lost}</h2>
      <p>{words.lostText}</p>
      <p>
        {`${words.account} `}
        <a href="/sign-in?return=%2Fhistory">{words.signIn}</a>
      </p>
    </>,
  );
}
