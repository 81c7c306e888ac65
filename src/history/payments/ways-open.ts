import type { Operation } from '../../operation.ts';
import { obstacleOn } from '../../recipients/gate.ts';
import { recipientByChannel } from '../../recipients/register.ts';
import type { Recipient } from '../../recipients/register.ts';
import type { Banks } from './banks.ts';

/** A bank that an order can be paid by today, and who gets to know of the payment. */
export type OpenWay = { readonly way: 'swish' | 'card'; readonly recipient: Recipient };

const ways = ['swish', 'card'] as const;

/** The banks that something may go to now: one is there, and the gate has nothing against it. */
export async function waysOpen(op: Operation, banks: Banks): Promise<OpenWay[]> {
  const open: OpenWay[] = [];
  for (const way of ways) {
    if (banks[way] === null || (await obstacleOn(op, way)) !== null) continue;
    const recipient = await recipientByChannel(op.db, way);
    if (recipient !== null) open.push({ way, recipient });
  }
  return open;
}
