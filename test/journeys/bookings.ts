// Bookings for a running server, written by a process beside it as commands of the command line are.
import { chooseCalendars } from '../../src/accounts/engagements.ts';
import { begin } from '../../src/begin.ts';
import { readConfig } from '../../src/config.ts';
import type { Here } from '../../src/history/bookings.fixture.ts';
import type { RowId } from '../../src/ids.ts';
import { openInstallation } from '../../src/installation.ts';
import { Problem } from '../../src/problem.ts';
import { projectFolder } from '../../src/project.ts';
import type { Live } from '../live.ts';

/** Writes to the stores of a running server. */
export async function writeTo<T>(
  { dataFolder }: Pick<Live, 'dataFolder'>,
  work: (here: Here & Pick<Installation, 'vault'>) => Promise<T>,
): Promise<T> {
  const config = readConfig({ ...process.env, VARSAM_DATA: dataFolder }, projectFolder);
  const now = Temporal.Now.instant();
  const installation = await openInstallation({ config, role: 'command', now });
  const { db, vault } = installation;
  try {
    return await work({
      db,
      vault,
      now,
      op: (actor, purpose) => {
        if (typeof actor === 'string') throw new Problem('bad-input', 'name the actor');
        return begin({ db, vault, actor, purpose, now });
      },
    });
  } finally {
    await installation.close();
  }
}

type Installation = Awaited<ReturnType<typeof openInstallation>>;

/** Gives the calendars to the provider with this address. */
export function giveCalendars(
  live: Pick<Live, 'dataFolder'>,
  email: string,
  calendars: readonly RowId[],
): Promise<void> {
  return writeTo(live, async ({ op, vault }) => {
    const owner = await vault.ownerOf({ kind: 'staff-email', value: email });
    if (owner === null) throw new Problem('not-found');
    const actor = { party: 'routine', routine: 'test' } as const;
    await chooseCalendars(op(actor, 'staff-administration'), owner, calendars);
  });
}
