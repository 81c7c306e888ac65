import type { Moved } from '../history/bookings.ts';
import { contactOf } from '../history/contact.ts';
import type { OwnVisit } from '../http/route.ts';
import type { OwnerId } from '../ids.ts';
import { writeMail } from '../messages/outbox.ts';
import type { WriteOperation } from '../operation.ts';
import { notice } from '../policy/notice.ts';
import type { Language } from '../text/bilingual.ts';
import { calendarText } from '../text/console-calendar.ts';
import { dateTime, time, weekdayDate } from '../text/format.ts';
import type { Sealer } from '../vault/vault.ts';

/**
 * What writes to a customer that the company has moved a booking. Opens the address for the purpose of the route, with
 * the look that the customer sees; before the transaction, because a look is committed by itself.
 * @throws Problem `restricted` or `protected` where the customer may not be opened for this, and then nothing is moved
 */
export async function movedLetter(
  { op, site }: OwnVisit,
  owner: OwnerId,
): Promise<(write: WriteOperation, sealer: Sealer, moved: Moved) => Promise<void>> {
  const opener = await op.vault.openFor(op, owner, ['credentials', 'history']);
  const { email, language, isGuest } = await contactOf(op, opener);
  const words = calendarText[language].letter;
  return async (write, sealer, moved) => {
    const isFree = Temporal.Instant.compare(moved.freeCancelUntil, write.now) > 0;
    const text = words.text({
      company: notice.controller.name,
      from: whole(moved.from, language),
      to: whole(moved.startsAt, language),
      free: isFree ? words.free(dateTime(moved.freeCancelUntil, language)) : words.notFree,
      link: isGuest ? words.guest : words.account(`${site.origin}/history/${moved.orderId}`),
    });
    await writeMail(write, sealer, { email, language, subject: words.subject, text });
  };
}

function whole(at: Temporal.Instant, language: Language): string {
  return `${weekdayDate(at, language)}, ${time(at, language)}`;
}
