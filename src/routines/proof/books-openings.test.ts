import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newBookkeeper, newestVoucher, sellOnSite } from '../../../test/books.ts';
import { addTestProduct } from '../../../test/shop.ts';
import { testSystem } from '../../../test/system.ts';
import type { TestSystem } from '../../../test/system.ts';
import { openVoucher } from '../../bookkeeping/archive.ts';
import { opening } from '../../bookkeeping/holdings.ts';
import { openClient } from '../../database/pool.ts';
import { newOwnerId, newRowId } from '../../ids.ts';
import type { OwnerId } from '../../ids.ts';
import { inTransaction } from '../../operation.ts';
import { archiveIsOpenedForReasons, openingsSampled } from './books-openings.ts';

/** Openings of a year that went before, of somebody who has left. */
async function openedBefore(system: TestSystem, year: OwnerId, count: number): Promise<void> {
  const known = { reason: 'Prov av öppning', opened_by: newOwnerId(), text: null };
  await inTransaction(system.op('routine', 'payment'), async (write) => {
    const sealer = await write.vault.sealFor(write, year);
    const opened_at = write.now.subtract({ hours: 24 });
    const rows = Array.from({ length: count }, () => {
      const opening_id = newRowId(write.now);
      const sealed = sealer.seal(opening, opening_id, known);
      return { owner_id: year, opening_id, opened_at, sealed };
    });
    await write.db.insertInto('bookkeeping.opening').values(rows).execute();
  });
}

test('however often the archive was opened, a run looks at a bounded number, the newest among them', async () => {
  await using system = await testSystem();
  const keeper = await newBookkeeper(system);
  await sellOnSite(system, await system.newCustomer(), await addTestProduct(system));
  const place = await newestVoucher(system, 'sale');
  await openVoucher(keeper.op(), { ...place, reason: 'Prov av öppning' });
  const prove = () => archiveIsOpenedForReasons(system.op('routine', 'proof'));
  assert.deepEqual(await prove(), { lookedAt: 1, found: [] });
  await openedBefore(system, place.year, 2 * openingsSampled);
  assert.deepEqual(await prove(), { lookedAt: 2 * openingsSampled, found: [] });
  await spoilNewest(system);
  const { found } = await prove();
  assert.match(found.join('\n'), /bookkeeping\.opening .*: does not open/);
});

test('each opening of a moderate archive is looked at in each run', async () => {
  await using system = await testSystem();
  await sellOnSite(system, await system.newCustomer(), await addTestProduct(system));
  const { year } = await newestVoucher(system, 'sale');
  await openedBefore(system, year, openingsSampled + 50);
  const { lookedAt } = await archiveIsOpenedForReasons(system.op('routine', 'proof'));
  assert.equal(lookedAt, openingsSampled + 50);
});

async function spoilNewest({ fresh }: TestSystem): Promise<void> {
  const client = await openClient(fresh.records.administrator);
  try {
    await client.query(
      `update bookkeeping.opening set sealed = set_byte(sealed, 40, 255 - get_byte(sealed, 40))
       where opening_id = (select opening_id from bookkeeping.opening order by opened_at desc limit 1)`,
    );
  } finally {
    await client.end();
  }
}
