import type { OwnerId, RowId } from '../ids.ts';
import { writeMail } from '../messages/outbox.ts';
import type { WriteOperation } from '../operation.ts';
import { notice } from '../policy/notice.ts';
import { leavingLetterText } from '../text/leaving-letter.ts';
import type { FarewellAddress } from './erasure-case.ts';
import { erasureNumber } from './erasure-reference.ts';

/** Writes the last letter, under the key of the case: that it is done, where the receipt is, and that nothing follows. */
export async function writeFarewell(
  write: WriteOperation,
  erasureId: RowId,
  caseOwner: OwnerId,
  { email, language, receiptLink, proofLink }: FarewellAddress,
): Promise<void> {
  const words = leavingLetterText[language];
  const company = notice.controller.name;
  const sealer = await write.vault.sealFor(write, caseOwner);
  const text = words.text({
    company,
    number: erasureNumber(erasureId),
    receiptLink,
    proofLink,
    unconfirmed: await countUnconfirmed(write, erasureId),
  });
  await writeMail(write, sealer, { email, language, subject: words.subject(company), text });
}

async function countUnconfirmed({ db }: WriteOperation, erasureId: RowId): Promise<number> {
  const { unconfirmed } = await db
    .selectFrom('routines.erasure_telling')
    .select((row) => row.fn.countAll<number>().as('unconfirmed'))
    .where('erasure_id', '=', erasureId)
    .where('state', '<>', 'confirmed')
    .executeTakeFirstOrThrow();
  return unconfirmed;
}
