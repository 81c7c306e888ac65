import { otherAddresses } from '../accounts/address-change-rows.ts';
import { account } from '../accounts/holdings.ts';
import { guest, order } from '../history/holdings.ts';
import type { WriteOperation } from '../operation.ts';
import type { Opener } from '../vault/vault.ts';
import { isTelling } from './own-texts.ts';

/**
 * The newest orders from which names, streets and numbers to search for are taken. Everything read here is read before
 * the key is destroyed, so it must not grow with the customer's history: whoever leaves is unreadable at once, with
 * 20 orders or with 20 000. Names and streets of older orders come back in newer ones as a rule; where they do not,
 * the owner's id is still searched for everywhere, and the receipt says how many orders were read.
 */
const ordersReadMax = 50;

export type Gathered = {
  readonly strings: string[];
  readonly email: string | null;
  readonly language: string | null;
  readonly evidence: Record<string, unknown>;
};

/** What to search for when all is done, and what the receipt says of orders that were too many to read. */
export async function gatherStrings(
  write: WriteOperation,
  openers: readonly Opener[],
): Promise<Gathered> {
  const all: Gathered[] = [];
  for (const opener of openers) all.push(await gatherOf(write, opener));
  const [own] = all;
  return {
    strings: [...new Set(all.flatMap(({ strings }) => strings))].filter(isTelling),
    email: own?.email ?? null,
    language: own?.language ?? null,
    evidence: Object.assign({}, ...all.map(({ evidence }) => evidence)) as Gathered['evidence'],
  };
}

async function gatherOf(write: WriteOperation, opener: Opener): Promise<Gathered> {
  const whose = await whoIs(write, opener);
  const newest = await write.db
    .selectFrom('history.order')
    .select(['order_id', 'sealed'])
    .where('owner_id', '=', opener.owner)
    .orderBy('placed_at', 'desc')
    .limit(ordersReadMax + 1)
    .execute();
  const strings = [
    whose.email,
    whose.name,
    ...(await otherAddresses(write, opener)),
    ...newest
      .slice(0, ordersReadMax)
      .map(({ order_id, sealed }) => opener.open(order, order_id, sealed))
      .flatMap(({ recipient_name, phone, street, number }) => [
        recipient_name,
        phone,
        street,
        number,
      ]),
  ];
  return {
    strings: strings.filter((text) => text !== null),
    email: whose.email,
    language: whose.language,
    evidence: newest.length > ordersReadMax ? { newest_orders_read: ordersReadMax } : {},
  };
}

type Whose = Record<'email' | 'name' | 'language', string | null>;

/** The customer of an account, or a guest, who has no name but that of the order. */
async function whoIs(write: WriteOperation, opener: Opener): Promise<Whose> {
  const row = await write.db
    .selectFrom('accounts.account')
    .select('sealed')
    .where('owner_id', '=', opener.owner)
    .executeTakeFirst();
  if (row) return opener.open(account, opener.owner, row.sealed);
  const found = await write.db
    .selectFrom('history.guest')
    .select('sealed')
    .where('owner_id', '=', opener.owner)
    .executeTakeFirst();
  if (!found) return { email: null, name: null, language: null };
  return { name: null, ...opener.open(guest, opener.owner, found.sealed) };
}
