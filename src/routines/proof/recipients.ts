import type { Operation } from '../../operation.ts';
import { listRecipients, obstacleTo, today } from '../../recipients/register.ts';
import type { Seen } from './finding.ts';

/** P15: each recipient has a category of the notice, a country and, outside the EU/EEA, a transfer tool that holds. */
export async function recipientsAreInTheNotice(op: Operation): Promise<Seen> {
  const recipients = await listRecipients(op.db);
  const found = recipients.flatMap((recipient) => {
    const obstacle = obstacleTo(recipient, today(op.now));
    const isOurs = obstacle === 'category-not-in-notice' || obstacle === 'no-transfer-tool';
    return isOurs ? [`recipients.recipient ${recipient.recipientId}: ${obstacle}`] : [];
  });
  return { lookedAt: recipients.length, found };
}

/** P16: no disclosure to a processor happened outside the days of a signed agreement, requests to erase aside. */
export async function processorsHaveAgreements(op: Operation): Promise<Seen> {
  const recipients = new Map((await listRecipients(op.db)).map((one) => [one.recipientId, one]));
  const rows = await op.db
    .selectFrom('recipients.disclosure')
    .select(['disclosure_id', 'recipient_id', 'disclosed_at'])
    .where('purpose', '<>', 'leaving')
    .execute();
  const outside = rows.filter((row) => {
    const recipient = recipients.get(row.recipient_id);
    if (recipient?.role !== 'processor') return false;
    const day = today(row.disclosed_at);
    // A disclosure of the day on which the agreement was ended came before the ending.
    const { compare } = Temporal.PlainDate;
    return !recipient.agreements.some(
      ({ signedOn, validFrom, endedOn }) =>
        compare(signedOn, day) <= 0 &&
        compare(validFrom, day) <= 0 &&
        (endedOn === null || compare(day, endedOn) <= 0),
    );
  });
  return {
    lookedAt: rows.length,
    found: outside.map(
      (row) => `recipients.disclosure ${row.disclosure_id}: no agreement that day`,
    ),
  };
}

/** P17: each recipient that is a controller of its own has a link to its notice. */
export async function controllersHaveNotices(op: Operation): Promise<Seen> {
  const controllers = (await listRecipients(op.db)).filter(({ role }) => role === 'controller');
  return {
    lookedAt: controllers.length,
    found: controllers
      .filter(({ noticeUrl }) => noticeUrl === null)
      .map(({ recipientId }) => `recipients.recipient ${recipientId}: no notice`),
  };
}
