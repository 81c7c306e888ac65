/** For tests: recipients that perform services, and somebody who works for one. */
import { randomBytes } from 'node:crypto';
import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import { addAgreement, addRecipient, today } from '../recipients/register.ts';
import type { NewRecipient } from '../recipients/register.ts';
import type { TestSystem } from '../../test/system.ts';
import { insertEngagement } from './engagements.ts';
import { newOneTimeSecret } from './one-time-codes.ts';
import { addStaff } from './staff.ts';
import type { NewStaff } from './staff.ts';

/** A recipient that performs services, with an agreement from today on unless it is a controller of its own. */
export async function addPerformer(
  system: TestSystem,
  name: string,
  other: Partial<NewRecipient> = {},
): Promise<RowId> {
  const op = system.op('routine', 'employment');
  const recipientId = await addRecipient(op, {
    category: 'performer',
    name,
    country: 'SE',
    role: 'processor',
    channel: null,
    transferTool: null,
    transferValidUntil: null,
    noticeUrl: null,
    erasureUrl: null,
    ...other,
  });
  const day = today(op.now);
  if (other.role !== 'controller')
    await addAgreement(op, recipientId, { signedOn: day, validFrom: day });
  return recipientId;
}

export type TestProvider = NewStaff & { readonly owner: OwnerId };

/** Somebody with a sign-in who performs services for a recipient. */
export async function addProvider(
  system: TestSystem,
  recipientId: RowId,
  resourceIds: readonly RowId[],
): Promise<TestProvider> {
  const person: NewStaff = {
    role: 'provider',
    email: `provider-${randomBytes(4).toString('hex')}@example.se`,
    name: 'Vera Vävare Testsson',
    password: 'en trygg fras för utförare',
    secret: newOneTimeSecret(),
  };
  const op = system.op('routine', 'employment');
  await addStaff(op, person);
  const owner = await op.vault.ownerOf({ kind: 'staff-email', value: person.email });
  if (owner === null) throw new Error('the provider is not there');
  await inTransaction(op, (write) => insertEngagement(write, owner, recipientId, resourceIds));
  return { ...person, owner };
}
