import { listResources } from '../history/arrange.ts';
import type { OrderLine } from '../history/orders.ts';
import { listEvents } from '../history/order-events.ts';
import { receiptName } from '../history/receipts/document.ts';
import type { KeptReceipt } from '../history/whole-order.ts';
import type { OwnVisit } from '../http/route.ts';
import { ButtonLink } from '../pages/forms.tsx';
import { Details, Notice } from '../pages/notices.tsx';
import { DataTable, SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import { intake, intakeFields } from '../policy/intake.ts';
import type { Language } from '../text/bilingual.ts';
import { deskText } from '../text/console-desk.ts';
import { actionsText } from '../text/console-desk-actions.ts';
import { dateTime, money, telephone } from '../text/format.ts';
import { ArrangeForm, unarranged } from './arrange-page.tsx';
import { lineName, openWhole, orderPath } from './desk-place.ts';
import type { OpenedWhole } from './desk-place.ts';
import { consolePage } from './frame.tsx';
import { bookingColumns, Events } from './order-history.tsx';
import { addressLines, lineColumns, Lines, OrderBadge } from './opened-order.tsx';
import { payableLines, RefundForm } from './refund-page.tsx';
import { choicesOf, TakeBackForm } from './take-back-page.tsx';

/** An order with all that is needed to carry it out. The vault writes the look down before anything is opened. */
export async function openOrder(visit: OwnVisit): Promise<Response> {
  const { language } = visit;
  const words = deskText[language].opened;
  const opened = await openWhole(visit);
  const { place, whole } = opened;
  const path = orderPath(place);
  const events = await listEvents(visit.op, place.owner, place.orderId);
  return consolePage(
    visit,
    // The title says no number, because browsers keep titles in their history.
    { title: words.title, current: 'orders', comeBackTo: path },
    <>
      <h1>{words.heading(whole.order.number)}</h1>
      <Notice kind="info" title={words.seen} role="status">
        <p class="screen-only">
          <a href={path}>{words.close}</a>
        </p>
      </Notice>
      {opened.contact.isProtected && (
        <Notice kind="warning" title={words.isProtected}>
          <p>{words.protectedText}</p>
        </Notice>
      )}
      <p>
        <OrderBadge state={whole.order.state} language={language} />
      </p>
      <h2>{words.who}</h2>
      <SummaryList rows={whoRows(opened, language)} />
      <WhatWasOrdered opened={opened} language={language} />
      <ActionsOf visit={visit} opened={opened} resources={await listResources(visit.op)} />
      <Events events={events} language={language} />
      <ButtonLink href={path} kind="secondary" icon="eye-off">
        {words.close}
      </ButtonLink>
    </>,
  );
}

function whoRows({ whole, contact }: OpenedWhole, language: Language): SummaryRow[] {
  const words = deskText[language].opened;
  const { delivery } = whole.order;
  const { phone, message, street } = delivery;
  return [
    { key: words.name, value: delivery.recipient_name },
    { key: words.email, value: contact.email },
    ...(phone === null ? [] : [{ key: words.phone, value: telephone(phone) }]),
    ...(street === null
      ? []
      : [
          {
            key: words.address,
            value: <Lines lines={addressLines({ ...delivery, phone: null }).slice(1)} />,
          },
        ]),
    ...(message === null
      ? []
      : [{ key: words.message, value: <Lines lines={message.split('\n')} /> }]),
  ];
}

function WhatWasOrdered({ opened, language }: { opened: OpenedWhole; language: Language }) {
  const words = deskText[language].opened;
  const { whole } = opened;
  const answers = whole.lines.flatMap((line) => answerRows(line, language));
  return (
    <>
      <h2>{words.lines}</h2>
      <DataTable
        caption={words.lines}
        captionHidden
        columns={lineColumns(language)}
        rows={whole.lines}
      />
      {whole.bookings.length > 0 && (
        <DataTable
          caption={deskText[language].order.bookings}
          columns={bookingColumns(language)}
          rows={whole.bookings}
        />
      )}
      {answers.length > 0 && (
        <>
          <h2>{words.answers}</h2>
          <SummaryList rows={answers} />
        </>
      )}
      {whole.receipts.length > 0 && (
        <>
          <h2>{words.receipts}</h2>
          <ul>
            {whole.receipts.map((receipt) => (
              <li>{receiptWords(receipt, language)}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function answerRows(line: OrderLine, language: Language): SummaryRow[] {
  return intakeFields.flatMap((field) => {
    const answer = line.answers[field];
    if (answer === null) return [];
    const key = `${line.description}: ${intake[field][language]}`;
    return [{ key, value: <Lines lines={answer.split('\n')} /> }];
  });
}

function receiptWords({ document, issuedAt }: KeptReceipt, language: Language): string {
  return deskText[language].opened.receipt(
    receiptName(document.number),
    dateTime(issuedAt, language),
    money(document.total_ore, language),
  );
}

function ActionsOf(props: {
  visit: OwnVisit;
  opened: OpenedWhole;
  resources: Awaited<ReturnType<typeof listResources>>;
}) {
  const { visit, opened, resources } = props;
  const { language } = visit;
  const words = actionsText[language];
  const { whole } = opened;
  const services = unarranged(whole);
  const kinds = (['cancellation', 'withdrawal'] as const).filter(
    (kind) => choicesOf(whole, kind, visit.op.now).length > 0,
  );
  const isPaid = payableLines(whole).length > 0;
  if (services.length + kinds.length === 0 && !isPaid) return null;
  return (
    <>
      <h2>{deskText[language].opened.actions}</h2>
      {services.map((line) => (
        <Details summary={words.arrange.summary(lineName(line, language))} open>
          <ArrangeForm visit={visit} opened={opened} line={line} resources={resources} />
        </Details>
      ))}
      {kinds.map((kind) => (
        <Details summary={words.takeBack[kind].summary}>
          <TakeBackForm visit={visit} opened={opened} kind={kind} />
        </Details>
      ))}
      {isPaid && (
        <Details summary={words.refund.summary}>
          <RefundForm visit={visit} opened={opened} />
        </Details>
      )}
    </>
  );
}
