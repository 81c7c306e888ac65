import type { Child } from 'hono/jsx';
import type { LineOptions } from '../history/take-back.ts';
import { whyNotCancel, whyNotWithdraw } from '../history/why-not.ts';
import { Actions, Button, Form, Hidden } from '../pages/forms.tsx';
import { LinkList } from '../pages/links.tsx';
import type { LinkRow } from '../pages/links.tsx';
import { Details } from '../pages/notices.tsx';
import { buyerOrderText } from '../text/buyer-order.ts';
import { date } from '../text/format.ts';
import type { OrderShown } from './buyer-order.tsx';
import { isGuest, orderPath } from './buyer-visit.ts';
import { kindOf } from './buyer-words.ts';

/** What can be done with the order now; what cannot, with why. */
export function WaysSection({ shown }: { shown: OrderShown }): Child {
  const { visit } = shown;
  const words = buyerOrderText[visit.language];
  const reasons = reasonsOf(shown);
  return (
    <section aria-labelledby="ways">
      <h2 id="ways">{words.ways}</h2>
      <LinkList links={linksOf(shown)} />
      <Form action={orderPath(visit)}>
        <Hidden name="again" value="1" />
        <Actions>
          <Button kind="secondary" icon="shopping-basket">
            {words.again}
          </Button>
          <span class="soft small">{words.againText}</span>
        </Actions>
      </Form>
      {reasons.length > 0 && (
        <Details summary={words.notNow}>
          <ul>
            {reasons.map((reason) => (
              <li>{reason}</li>
            ))}
          </ul>
          <p>{words.contact}</p>
        </Details>
      )}
    </section>
  );
}

function linksOf(shown: OrderShown): LinkRow[] {
  const { visit, whole, options } = shown;
  const words = buyerOrderText[visit.language];
  const path = orderPath(visit);
  const cancel = words.cancel[kindOf(whole.lines) === 'times' ? 'times' : 'order'];
  const all: (LinkRow | null)[] = [
    whyNotCancel(whole, options) === null
      ? { href: `${path}/cancel`, label: cancel, description: words.cancelText, icon: 'ban' }
      : null,
    withdrawLink(shown),
    {
      href: `${path}/fault`,
      label: words.complain,
      description: words.complainText,
      icon: 'message-square',
    },
    isGuest(visit) && visit.signedIn !== null
      ? {
          href: `${visit.base}/claim`,
          label: words.claim,
          description: words.claimText,
          icon: 'user',
        }
      : null,
    isGuest(visit)
      ? {
          href: `${visit.base}/remove`,
          label: words.removeGuest,
          description: words.removeText,
          icon: 'trash',
        }
      : {
          href: `${path}/remove`,
          label: words.remove,
          description: words.removeText,
          icon: 'trash',
        },
  ];
  return all.filter((link) => link !== null);
}

/** The function of distansavtalslagen 2 kap. 10 a §: in plain sight during the whole period, under these very words. */
function withdrawLink({ visit, options }: OrderShown): LinkRow | null {
  const offers = options.flatMap(({ withdraw }) => (withdraw === null ? [] : [withdraw]));
  if (offers.length === 0) return null;
  const words = buyerOrderText[visit.language];
  const ends = offers.flatMap(({ until }) => (until === null ? [] : [until]));
  const last = ends.toSorted((one, other) => Temporal.Instant.compare(other, one))[0];
  return {
    href: `${orderPath(visit)}/withdraw`,
    label: words.withdraw,
    description:
      ends.length < offers.length || last === undefined
        ? words.withdrawOpen
        : words.withdrawUntil(lastDay(last, visit.language)),
    icon: 'rotate-ccw-clock',
  };
}

/** A period ends with its last whole day. */
export function lastDay(end: Temporal.Instant, language: 'sv' | 'en'): string {
  return date(end.subtract({ seconds: 1 }), language);
}

function reasonsOf({ visit, whole, options }: OrderShown): string[] {
  const words = buyerOrderText[visit.language];
  const cancel = whyNotCancel(whole, options);
  return [
    ...(cancel === null ? [] : [words.notCancel(words.whyNotCancel[cancel])]),
    ...new Set(options.flatMap((of) => reasonFor(of))),
  ];

  function reasonFor(of: LineOptions): string[] {
    const why = whyNotWithdraw(whole, of);
    if (why === null) return [];
    const text = words.whyNotWithdraw[why];
    const isOfAll = whole.lines.length === 1 || why === 'unpaid' || why === 'gone';
    return [isOfAll ? words.notWithdraw(text) : words.notWithdrawLine(of.line.description, text)];
  }
}
