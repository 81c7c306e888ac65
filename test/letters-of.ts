import type { OwnerId } from '../src/ids.ts';
import { outbox } from '../src/messages/outbox.ts';
import type { TestSystem } from './system.ts';

/** The texts of the letters of one owner, newest first. */
export async function lettersOf(
  system: TestSystem,
  owner: OwnerId,
): Promise<{ email: string; subject: string; text: string }[]> {
  const rows = await system.db
    .selectFrom('messages.outbox')
    .select(['message_id', 'sealed'])
    .where('owner_id', '=', owner)
    .orderBy('message_id', 'desc')
    .execute();
  const op = system.op({ party: 'routine', routine: 'send-mail' }, 'service-message');
  const opener = await op.vault.openForGate(op, owner, 'messages');
  return rows.map(({ message_id, sealed }) => opener.open(outbox, message_id, sealed));
}
