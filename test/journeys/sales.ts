import { begin } from '../../src/begin.ts';
import { readConfig } from '../../src/config.ts';
import { listItems } from '../../src/history/catalogue/items.ts';
import { plainLine, totalsOf } from '../../src/history/order-wish.ts';
import { placeOrder } from '../../src/history/place-order.ts';
import { takeOnSite } from '../../src/history/payments/settle.ts';
import { newRowId } from '../../src/ids.ts';
import { openInstallation } from '../../src/installation.ts';
import type { Actor } from '../../src/operation.ts';
import type { Purpose } from '../../src/policy/purposes.ts';
import { projectFolder } from '../../src/project.ts';
import type { Live } from '../live.ts';
import type { Person } from './steps.ts';

/** Orders of somebody that are paid by card at the counter, made beside the running server in its own stores. */
export async function sellInShop(live: Live, person: Person, count: number): Promise<void> {
  const config = readConfig({ VARSAM_DATA: live.dataFolder }, projectFolder);
  const clock = () => Temporal.Now.instant();
  const installation = await openInstallation({ config, role: 'command', now: clock() });
  try {
    const { db, vault } = installation;
    const op = (actor: Actor, purpose: Purpose) =>
      begin({ db, vault, actor, purpose, now: clock() });
    const owner = await vault.ownerOf({ kind: 'account-email', value: person.email });
    const [item] = await listItems(db);
    if (owner === null || !item) throw new Error('nobody to sell to, or nothing to sell');
    for (let sold = 0; sold < count; sold += 1) {
      const orderId = newRowId(clock());
      const wish = {
        orderId,
        lines: [plainLine(item, 2, item.name.sv)],
        delivery: {
          recipient_name: person.name,
          phone: null,
          street: person.street,
          postal_code: person.postalCode,
          town: person.town,
          message: null,
        },
        payWay: 'on-site' as const,
        termsId: null,
      };
      const customer = op({ party: 'customer', owner }, 'order');
      await placeOrder(customer, owner, wish, () => null);
      const routine = op({ party: 'routine', routine: 'test' }, 'payment');
      const seenDueOre = totalsOf(wish.lines).totalOre;
      await takeOnSite(routine, { owner, orderId, seenDueOre }, 'terminal');
    }
  } finally {
    await installation.close();
  }
}
