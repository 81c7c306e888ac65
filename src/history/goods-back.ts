import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Sealer } from '../vault/vault.ts';
import { returnStock } from './catalogue/stock.ts';
import type { Contact } from './contact.ts';
import { noteEvent } from './order-events.ts';
import { insertReversal } from './payments/pay-back.ts';
import { readSeller } from './payments/settle.ts';
import type { RefundReceipt } from './receipts/document.ts';
import { payBackLines } from './take-back-order.ts';
import { lockOrder, paidPayment, readWhole, reversedOf } from './whole-order.ts';
import type { ReversedLine, WholeOrder } from './whole-order.ts';

type Place = { readonly owner: OwnerId; readonly orderId: RowId };
type Tell = (
  write: WriteOperation,
  sealer: Sealer,
  paid: {
    readonly receipt: RefundReceipt | null;
    readonly whole: WholeOrder;
    readonly contact: Contact;
  },
) => Promise<void>;

/**
 * The goods that somebody withdrew from are back: the money follows (distansavtalslagen 2 kap. 14 §), and what can be
 * sold again goes into stock.
 * @throws Problem `conflict` when the goods are back already, `not-found`
 */
export async function noteGoodsBack(
  op: Operation,
  of: Place & { readonly reversalId: RowId; readonly sellAgain: boolean },
  tell: Tell,
): Promise<void> {
  const opener = await op.vault.openFor(op, of.owner, ['credentials', 'history']);
  const seller = await readSeller(op, opener);
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, of.owner);
    await lockOrder(write, of);
    const whole = await readWhole(write, opener, of.orderId);
    const reversal = whole.reversals.find(({ reversalId }) => reversalId === of.reversalId);
    if (!reversal) throw new Problem('not-found');
    if (reversal.state !== 'awaiting-goods') throw new Problem('conflict', 'they are back already');
    const { lines, amountOre: refundOre } = reversal;
    const parts = { sealer, opener, sold: { ...seller, whole }, lines, refundOre };
    const paid = await payBackLines(write, parts);
    await write.db
      .updateTable('history.reversal')
      .set({ state: 'settled', settled_at: op.now, refund_id: paid?.refundId ?? null })
      .where('owner_id', '=', of.owner)
      .where('reversal_id', '=', of.reversalId)
      .execute();
    if (of.sellAgain) await returnStock(write, goodsIn(whole, lines));
    await noteEvent(write, of, 'goods-back');
    const receipt = paid?.receipt ?? null;
    await tell(write, sealer, { receipt, whole, contact: seller.contact });
  });
}

/** What has been taken back of an order so far: by this a second decision is told from the first one, sent twice. */
export function reversedOre(whole: WholeOrder): number {
  return whole.lines.reduce((sum, { lineId }) => sum + reversedOf(whole, lineId).amountOre, 0);
}

/**
 * Staff pays something back by choice, such as a lowered price for a fault: at most what is left of each line.
 * @param of.seenReversedOre what had been taken back when it was decided
 * @throws Problem `conflict` when more has been taken back since, the order is not paid, or less is left; `not-found`
 */
export async function payBackByChoice(
  op: Operation,
  of: Place & {
    readonly lines: readonly { readonly lineId: RowId; readonly amountOre: number }[];
    readonly statement: string | null;
    readonly seenReversedOre: number;
  },
  tell: Tell,
): Promise<void> {
  const opener = await op.vault.openFor(op, of.owner, ['credentials', 'history']);
  const seller = await readSeller(op, opener);
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, of.owner);
    await lockOrder(write, of);
    const whole = await readWhole(write, opener, of.orderId);
    if (reversedOre(whole) !== of.seenReversedOre)
      throw new Problem('conflict', 'something was taken back meanwhile');
    const lines = of.lines.map((line) => ({ ...line, quantity: 0 }));
    assertLeft(whole, lines);
    const refundOre = lines.reduce((sum, { amountOre }) => sum + amountOre, 0);
    const parts = { sealer, opener, sold: { ...seller, whole }, lines, refundOre };
    const paid = await payBackLines(write, parts);
    if (paid === null) throw new Problem('conflict', 'nothing was paid, or nothing is to be');
    await insertReversal(write, sealer, {
      orderId: of.orderId,
      kind: 'refund',
      state: 'settled',
      amountOre: refundOre,
      refundId: paid.refundId,
      statement: of.statement,
      lines,
    });
    await tell(write, sealer, { receipt: paid.receipt, whole, contact: seller.contact });
  });
}

/** @throws Problem `conflict` when a line has not so much left, `bad-input` for what is no sum */
function assertLeft(whole: WholeOrder, lines: readonly ReversedLine[]): void {
  const isOdd = lines.some(({ amountOre }) => !Number.isSafeInteger(amountOre) || amountOre < 0);
  if (isOdd || lines.length === 0) throw new Problem('bad-input', 'not a sum');
  if (paidPayment(whole) === null) throw new Problem('conflict', 'the order is not paid');
  const isTooMuch = lines.some(({ lineId, amountOre }) => {
    const line = whole.lines.find((one) => one.lineId === lineId);
    const price = (line?.unitPriceOre ?? 0) * (line?.quantity ?? 0);
    return amountOre > price - reversedOf(whole, lineId).amountOre;
  });
  if (isTooMuch) throw new Problem('conflict', 'there is not so much left');
}

function goodsIn(whole: WholeOrder, lines: readonly ReversedLine[]) {
  return lines.flatMap(({ lineId, quantity }) => {
    const item = whole.lines.find((line) => line.lineId === lineId)?.item;
    return item?.variantId && quantity > 0
      ? [{ itemId: item.itemId, variantId: item.variantId, quantity }]
      : [];
  });
}
