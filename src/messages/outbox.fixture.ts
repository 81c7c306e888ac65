/** For tests: a transport that does what it is told, and letters that wait. */
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Disclosed } from '../recipients/disclosed.ts';
import type { TestSystem } from '../../test/system.ts';
import { sendNext, writeMail } from './outbox.ts';
import type { MailEnvelope, MailOutcome, Smtp } from './smtp.ts';

export const sender = { from: 'Exempel AB <kund@example.se>', domain: 'example.se' };
export const accepted: MailOutcome = { outcome: 'accepted', reference: 'x' };
export const busy: MailOutcome = { outcome: 'refused', permanent: false, status: '4.2.1' };
export const refused: MailOutcome = { outcome: 'refused', permanent: true, status: '5.1.1' };
export const silent: MailOutcome = { outcome: 'unknown' };

export type FakeSmtp = Smtp & { readonly sent: MailEnvelope[] };

export function fakeSmtp(
  answer: (envelope: Disclosed<MailEnvelope>) => MailOutcome | Promise<MailOutcome> = () =>
    accepted,
): FakeSmtp {
  const sent: MailEnvelope[] = [];
  return {
    sent,
    send: async (envelope) => {
      sent.push(envelope);
      return answer(envelope);
    },
    close: () => Promise.resolve(),
  };
}

export async function writeTo(system: TestSystem, owner: OwnerId, subject = 'Hej') {
  const op = system.op({ party: 'customer', owner }, 'order');
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    const mail = { email: 'maja@example.se', subject, text: 'Hej Maja', language: 'sv' } as const;
    await writeMail(write, sealer, mail);
  });
}

export const sendOne = (system: TestSystem, smtp: Smtp) =>
  sendNext(system.op({ party: 'routine', routine: 'send-mail' }, 'service-message'), smtp, sender);

export async function sendAll(system: TestSystem, smtp: Smtp): Promise<number> {
  let count = 0;
  while (await sendOne(system, smtp)) count += 1;
  return count;
}

/** A customer whose letter of confirmation has been sent, so that only later ones wait. */
export async function customerWithEmptyOutbox(system: TestSystem): Promise<OwnerId> {
  const owner = await system.newCustomer();
  await sendAll(system, fakeSmtp());
  return owner;
}

export function waiting(system: TestSystem) {
  return system.db.selectFrom('messages.outbox').selectAll().orderBy('message_id').execute();
}
