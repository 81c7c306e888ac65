import { writeMail } from '../messages/outbox.ts';
import type { OwnerId } from '../ids.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { notice } from '../policy/notice.ts';
import type { Language } from '../text/bilingual.ts';
import { dateTime } from '../text/format.ts';
import { securityMailText } from '../text/mail-security.ts';
import type { SecurityChange } from '../text/mail-security.ts';
import type { Sealer } from '../vault/vault.ts';
import { account } from './holdings.ts';

/** Writes a letter in the transaction of what it tells of. */
export type Telling = (write: WriteOperation, sealer: Sealer) => Promise<void>;

/** For owners whom no letter is written to: members of staff, whose administrator sees what changes. */
export const tellingNobody: Telling = () => Promise.resolve();

/**
 * The letter "Var det inte du?" that follows a change of what guards an account. It has no link, so that nobody learns
 * to follow links in letters about security. Somebody without an account gets none.
 */
export async function tellingOf(
  op: Operation,
  owner: OwnerId,
  change: SecurityChange,
): Promise<Telling> {
  const row = await op.db
    .selectFrom('accounts.account')
    .select('sealed')
    .where('owner_id', '=', owner)
    .executeTakeFirst();
  if (!row) return tellingNobody;
  const opener = await op.vault.openFor(op, owner, ['credentials']);
  const opened = opener.open(account, owner, row.sealed);
  const { email } = opened;
  const language = opened.language as Language;
  const words = securityMailText[language];
  const { subject, text } = words.changes[change];
  const body = words.letter(text, dateTime(op.now, language), notice.controller.name);
  return async (write, sealer) => {
    await writeMail(write, sealer, { email, language, subject, text: body });
  };
}
