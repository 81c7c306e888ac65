import { readAccount } from '../accounts/account.ts';
import { countPasskeys } from '../accounts/passkeys.ts';
import { latestOrderOf } from '../history/browse-orders.ts';
import { nextThings } from '../history/next-things.ts';
import type { Order } from '../history/orders.ts';
import type { OwnVisit } from '../http/route.ts';
import { ButtonLink } from '../pages/forms.tsx';
import { LinkList } from '../pages/links.tsx';
import { EmptyState, Notice } from '../pages/notices.tsx';
import { Price, SummaryList } from '../pages/tables.tsx';
import { Panel } from '../pages/things.tsx';
import type { Language } from '../text/bilingual.ts';
import { dateTime } from '../text/format.ts';
import { portalOrdersText } from '../text/portal-orders.ts';
import { portalSecurityText } from '../text/portal-security.ts';
import { portalText } from '../text/portal.ts';
import { portalPage } from './frame.tsx';
import { OrderBadge } from './order-parts.tsx';
import { NextBooking, openNext, ThingsToDo } from './overview-next.tsx';

/** What is next for this customer, then the ways on. */
export async function overviewPage(visit: OwnVisit): Promise<Response> {
  const { op, language } = visit;
  const opener = await op.vault.openFor(op, visit.owner, ['credentials', 'history']);
  const account = await readAccount(op, opener);
  const latest = await latestOrderOf(op, visit.owner);
  const next = await openNext(visit, await nextThings(op, visit.owner));
  const words = portalText[language].overview;
  return portalPage(
    visit,
    { title: words.title, current: 'overview' },
    <>
      {visit.query.has('welcome') && (
        <Notice kind="success" title={words.welcome} role="status">
          <p>{words.welcomeText}</p>
        </Notice>
      )}
      <h1>{words.hello(account.name)}</h1>
      <NextBooking next={next} language={language} />
      <ThingsToDo next={next} language={language} />
      {latest === null ? (
        <NothingYet language={language} />
      ) : (
        <Latest order={latest} language={language} />
      )}
      <PasskeyHint language={language} passkeys={await countPasskeys(op, visit.owner)} />
      <h2>{words.ways}</h2>
      <LinkList
        links={[
          {
            href: '/history',
            label: words.history,
            description: words.historyText,
            icon: 'package',
          },
          { href: '/my-data', label: words.myData, description: words.myDataText, icon: 'eye' },
          {
            href: '/settings',
            label: words.settings,
            description: words.settingsText,
            icon: 'settings',
          },
          { href: '/close', label: words.close, description: words.closeText, icon: 'log-out' },
        ]}
      />
    </>,
  );
}

/** Said quietly, to who has none: never in the way of anything. */
function PasskeyHint({ language, passkeys }: { language: Language; passkeys: number }) {
  if (passkeys > 0) return null;
  const words = portalSecurityText[language].hint;
  return (
    <p class="soft">
      {`${words.title}. ${words.text} `}
      <a href="/settings/passkeys">{words.link}</a>
    </p>
  );
}

function Latest({ order, language }: { order: Order; language: Language }) {
  const words = portalText[language].overview;
  const { statesExplained, order: orderWords } = portalOrdersText[language];
  return (
    <Panel id="latest" kicker={words.latest} heading={orderWords.title(order.number)}>
      <p>{statesExplained[order.state]}</p>
      <SummaryList
        rows={[
          { key: orderWords.state, value: <OrderBadge state={order.state} language={language} /> },
          { key: orderWords.placedAt, value: dateTime(order.placedAt, language) },
          { key: orderWords.total, value: <Price ore={order.totalOre} language={language} /> },
        ]}
      />
      <ButtonLink href={`/history/${order.orderId}`}>{words.see}</ButtonLink>
    </Panel>
  );
}

function NothingYet({ language }: { language: Language }) {
  const words = portalText[language].overview;
  return (
    <EmptyState title={words.nothing} icon="package">
      <p>{words.nothingText}</p>
      <ButtonLink href="/" kind="secondary">
        {words.order}
      </ButtonLink>
    </EmptyState>
  );
}
