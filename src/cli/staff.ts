import { z } from 'zod';
import { inviteStaff, listInvitations, withdrawInvitation } from '../accounts/staff-invitations.ts';
import type { Invited } from '../accounts/staff-invitations.ts';
import { administrators } from '../accounts/staff-administrators.ts';
import { countStaff, listColleagues } from '../accounts/staff-register.ts';
import { begin } from '../begin.ts';
import { originOf, readConfig } from '../config.ts';
import { emailField, line } from '../http/fields.ts';
import { allStaff, staffAndProviders } from '../http/route.ts';
import { openInstallation } from '../installation.ts';
import type { Operation } from '../operation.ts';
import { isProblem, Problem } from '../problem.ts';
import { projectFolder } from '../project.ts';
import { UsageError } from './arguments.ts';
import { assertInstalled } from './installed.ts';
import { parseOptions } from './options.ts';
import type { Terminal } from './terminal.ts';

const nameLengthMax = 100;
const wanted = z.object({
  email: emailField,
  name: line(nameLengthMax),
  role: z.enum(allStaff),
});

/** Prints a link with which the first administrator chooses how to sign in. */
export async function invite(args: readonly string[], terminal: Terminal): Promise<number> {
  const known = { words: 1, flags: ['--another'], options: ['--name', '--role'] };
  const options = parseOptions(args, known);
  const person = readPerson({
    email: options.words[0],
    name: options.values('--name').at(-1),
    role: options.values('--role').at(-1),
  });
  return withStaff(terminal, async (op, origin) => {
    if (!options.flags.has('--another')) await assertNobodyElse(op);
    const token = await inviteAnew(op, person);
    terminal.out(`${origin}/console/invitation/${token}`);
    terminal.note(
      'The link works for 48 hours and once. It is shown only here: hand it over safely.',
    );
    return 0;
  });
}

/** How many work here, by role; names only when they are asked for, which each of them can see. */
export async function list(args: readonly string[], terminal: Terminal): Promise<number> {
  const { flags } = parseOptions(args, { words: 0, flags: ['--names', '--json'], options: [] });
  return withStaff(terminal, async (op) => {
    const counts = await countStaff(op);
    const people = flags.has('--names') ? await readPeople(op) : null;
    if (flags.has('--json')) {
      terminal.out(JSON.stringify({ ...counts, ...(people && { people }) }));
      return 0;
    }
    for (const role of staffAndProviders)
      terminal.out(`${role.padEnd(14)} ${counts.working[role]}`);
    terminal.out(`${'invited'.padEnd(14)} ${counts.invited}`);
    terminal.out(`${'left'.padEnd(14)} ${counts.left}`);
    for (const { state, role, name, email } of people ?? []) {
      terminal.out(`${state.padEnd(14)} ${role.padEnd(14)} ${name}${email ? ` <${email}>` : ''}`);
    }
    return 0;
  });
}

function readPerson(given: Record<'email' | 'name' | 'role', string | undefined>): Invited {
  const parsed = wanted.safeParse(given);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues[0]?.path[0];
  if (wrong === 'email') throw new UsageError('Whose e-mail address? For example anna@example.se.');
  if (wrong === 'name') throw new UsageError('Give the name: --name "Anna Ek".');
  throw new UsageError(`Give the role: --role ${allStaff.join(' | ')}.`);
}

/** Later invitations are made on the staff pages, by somebody who is known. */
async function assertNobodyElse(op: Operation): Promise<void> {
  if ((await administrators(op)).length === 0) return;
  throw new Problem(
    'not-allowed',
    'There is an administrator, who can invite others on the staff pages. Say --another to make a link here all the same, when no administrator can sign in any more.',
  );
}

/** The same address a second time gets a new link, and the old one leads nowhere. */
async function inviteAnew(op: Operation, person: Invited): Promise<string> {
  try {
    return await inviteStaff(op, person, null);
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
    const owner = await op.vault.ownerOf({ kind: 'staff-email', value: person.email });
    if (owner === null) throw error;
    await withdrawInvitation(op, owner).catch((refused: unknown) => {
      if (!isProblem(refused, 'conflict')) throw refused;
      throw new Problem('conflict', 'The address belongs to somebody who works here already.');
    });
    return inviteStaff(op, person, null);
  }
}

async function readPeople(op: Operation) {
  const colleagues = [
    ...(await listColleagues(op, 'staff')),
    ...(await listColleagues(op, 'provider')),
  ];
  const invitations = [
    ...(await listInvitations(op, 'staff')),
    ...(await listInvitations(op, 'provider')),
  ];
  return [
    ...colleagues.map(({ name, email, role, leftAt }) => ({
      state: leftAt === null ? 'works here' : 'left',
      role,
      name,
      email,
    })),
    ...invitations.map(({ name, email, role }) => ({ state: 'invited', role, name, email })),
  ];
}

async function withStaff(
  terminal: Terminal,
  work: (op: Operation, origin: string) => Promise<number>,
): Promise<number> {
  const config = readConfig(terminal.environment, projectFolder);
  assertInstalled(config);
  const now = terminal.now();
  const installation = await openInstallation({ config, role: 'command', now });
  try {
    const { db, vault, serverPort } = installation;
    const actor = { party: 'routine', routine: 'staff' } as const;
    const op = begin({ db, vault, actor, purpose: 'staff-administration', now });
    return await work(op, originOf(config, serverPort ?? config.port));
  } finally {
    await installation.close();
  }
}
