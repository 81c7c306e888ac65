import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { insertEngagement, latestEngagement } from '../accounts/engagements.ts';
import { codeAt, newOneTimeSecret } from '../accounts/one-time-codes.ts';
import { addStaff } from '../accounts/staff.ts';
import type { NewStaff } from '../accounts/staff.ts';
import type { StaffRole } from '../database/records.ts';
import { listCalendars } from '../history/calendar/calendar-labels.ts';
import type { RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import {
  addAgreement,
  addRecipient,
  listRecipients,
  recipientByChannel,
  today,
} from '../recipients/register.ts';
import type { NewRecipient } from '../recipients/register.ts';
import { addDemoCatalogue } from './demo-catalogue.ts';
import type { StaffHint } from './mail-pages.tsx';
import { writePrivateFile } from './private-file.ts';

/** The demo company's people, with what they sign in with. Only ever in a sandbox folder. */
type DemoStaff = readonly NewStaff[];

const roles: Readonly<Record<StaffRole, string>> = {
  support: 'Kundtjänst',
  administrator: 'Administratör',
  bookkeeper: 'Bokföring',
  provider: 'Utförare',
};
const staffFile = 'staff.json';

/**
 * Sets up the demo company, or what is missing of it after a start that was cut off. Calendars come before the provider
 * to whom they belong. Returns its mail supplier.
 */
export async function seedDemo(op: Operation, folder: string): Promise<RowId> {
  await seedCatalogue(op);
  const staff = await readStaff(folder);
  for (const person of staff) await seedStaff(op, person);
  const performerId = await seedPerformer(op);
  for (const { role, email } of staff) {
    if (role === 'provider') await seedEngagement(op, email, performerId);
  }
  return seedSupplier(op);
}

/** Lets the register know where the demo supplier takes requests to erase; its port differs from start to start. */
export async function pointSupplierTo(
  op: Operation,
  recipientId: RowId,
  url: string,
): Promise<void> {
  await op.db
    .updateTable('recipients.recipient')
    .set({ erasure_url: `${url}/erasure-requests` })
    .where('recipient_id', '=', recipientId)
    .execute();
}

/** What the sandbox page shows to whoever tries the console. */
export async function staffHints(folder: string, now: Temporal.Instant): Promise<StaffHint[]> {
  return (await readStaff(folder)).map(({ role, email, password, secret }) => ({
    label: roles[role],
    email,
    password,
    code: codeAt(secret, now),
  }));
}

async function readStaff(folder: string): Promise<DemoStaff> {
  const file = join(folder, staffFile);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as DemoStaff;
  const staff = (Object.keys(roles) as StaffRole[]).map((role) => ({
    role,
    email: `${role}@example.se`,
    name: roles[role],
    password: randomBytes(9).toString('base64url'),
    secret: newOneTimeSecret(),
  }));
  await writePrivateFile(file, JSON.stringify(staff));
  return staff;
}

/** Looked up first, because hashing a password for nothing takes a good part of a start. */
async function seedStaff(op: Operation, person: NewStaff): Promise<void> {
  const known = await op.vault.ownerOf({ kind: 'staff-email', value: person.email });
  if (known === null) await addStaff(op, person);
}

async function seedCatalogue(op: Operation): Promise<void> {
  const some = await op.db.selectFrom('history.item').select('item_id').limit(1).executeTakeFirst();
  if (some) return;
  await op.db.transaction().execute((db) => addDemoCatalogue(db, op.now));
}

/** The actor who performs services for the demo company. Nothing can ask it to erase: on receipts it is silent. */
async function seedPerformer(op: Operation): Promise<RowId> {
  const known = (await listRecipients(op.db)).find(({ category }) => category === 'performer');
  if (known) return known.recipientId;
  return seedRecipient(op, { category: 'performer', name: 'Vävstugan Exempel AB', channel: null });
}

/** The demo provider performs what is booked with any of the people. */
async function seedEngagement(op: Operation, email: string, performerId: RowId): Promise<void> {
  const owner = await op.vault.ownerOf({ kind: 'staff-email', value: email });
  // Somebody has ended it by trying the pages.
  if (owner === null || (await latestEngagement(op, owner)) !== null) return;
  const people = (await listCalendars(op.db)).filter(({ kind }) => kind === 'person');
  const calendars = people.map(({ resourceId }) => resourceId);
  await inTransaction(op, (write) => insertEngagement(write, owner, performerId, calendars));
}

async function seedSupplier(op: Operation): Promise<RowId> {
  const known = await recipientByChannel(op.db, 'mail');
  if (known) return known.recipientId;
  return seedRecipient(op, { category: 'supplier', name: 'Exempelposten AB', channel: 'mail' });
}

/** A Swedish processor with an agreement from today on. */
async function seedRecipient(
  op: Operation,
  recipient: Pick<NewRecipient, 'category' | 'name' | 'channel'>,
): Promise<RowId> {
  return op.db.transaction().execute(async (db) => {
    const recipientId = await addRecipient(
      { ...op, db },
      {
        ...recipient,
        country: 'SE',
        role: 'processor',
        transferTool: null,
        transferValidUntil: null,
        noticeUrl: null,
        erasureUrl: null,
      },
    );
    const day = today(op.now);
    await addAgreement({ ...op, db }, recipientId, { signedOn: day, validFrom: day });
    return recipientId;
  });
}

/** The demo's banks: controllers of their own, whose notice the customer can read before anything goes there. */
export async function seedBanks(op: Operation, url: string): Promise<void> {
  const names = { swish: 'Exempelbanken AB (Swish)', card: 'Exempelkort AB' } as const;
  for (const channel of ['swish', 'card'] as const) {
    const known = await recipientByChannel(op.db, channel);
    const noticeUrl = `${url}/privacy`;
    if (known) {
      await op.db
        .updateTable('recipients.recipient')
        .set({ notice_url: noticeUrl })
        .where('recipient_id', '=', known.recipientId)
        .execute();
      continue;
    }
    await addRecipient(op, {
      category: 'bank',
      name: names[channel],
      country: 'SE',
      role: 'controller',
      channel,
      transferTool: null,
      transferValidUntil: null,
      noticeUrl,
      erasureUrl: null,
    });
  }
}
