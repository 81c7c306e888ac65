/** For tests: a long history, written in few statements. */
import { inTransaction } from '../operation.ts';
import { newRowId } from '../ids.ts';
import { order, orderLine } from '../history/holdings.ts';
import { noAnswers } from '../history/answers.ts';
import { home } from '../../test/shop.ts';
import type { TestSystem } from '../../test/system.ts';
import type { Buyer } from './buyer.fixture.ts';

const batchSize = 1_000;

/** Orders before the one that is there, a minute apart, each with a line. */
export async function writeMany(
  system: TestSystem,
  { owner }: Pick<Buyer, 'owner'>,
  count: number,
): Promise<void> {
  const op = system.op({ party: 'customer', owner }, 'order');
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    for (let first = 0; first < count; first += batchSize) {
      const rows = Array.from({ length: batchSize }, (_, index) => {
        const placed_at = system.now.subtract({ minutes: first + index + 1 });
        return { placed_at, order_id: newRowId(placed_at), line_id: newRowId(placed_at) };
      });
      await write.db
        .insertInto('history.order')
        .values(
          rows.map(({ placed_at, order_id }) => ({
            owner_id: owner,
            order_id,
            placed_at,
            state: 'performed' as const,
            total_ore: 12_500,
            vat_ore: 2_500,
            number_hash: null,
            pay_way: 'on-site' as const,
            pay_by: null,
            performed_at: placed_at,
            terms_id: null,
            sealed: sealer.seal(order, order_id, { number: 'AAAA-BBBB', ...home }),
          })),
        )
        .execute();
      await write.db
        .insertInto('history.order_line')
        .values(
          rows.map(({ order_id, line_id }) => ({
            owner_id: owner,
            order_id,
            line_id,
            item_id: null,
            variant_id: null,
            kind: 'product' as const,
            withdrawal: 'right' as const,
            quantity: 1,
            unit_price_ore: 12_500,
            vat_percent: 25,
            sealed: sealer.seal(orderLine, line_id, {
              description: 'Provfilt',
              item_reference: null,
              ...noAnswers,
            }),
          })),
        )
        .execute();
    }
  });
}
