import { countPasskeys } from '../accounts/passkeys.ts';
import { administrators } from '../accounts/staff-administrators.ts';
import type { OwnVisit } from '../http/route.ts';
import { Notice } from '../pages/notices.tsx';
import { isExampleController } from '../policy/example.ts';
import { obstacleOn } from '../recipients/gate.ts';
import { setupText } from '../text/console-setup.ts';
import { ownPage } from './frame.tsx';
import { staffRoom } from './staff-page.tsx';

type Missing = 'mail' | 'controller' | 'administrators' | 'passkey';

/** What an administrator of a real company still has to do; a sandbox needs none of it. */
export async function missingParts({ op, owner, site, session }: OwnVisit): Promise<Missing[]> {
  if (session.role !== 'administrator' || site.sandbox !== null) return [];
  const [obstacle, others, passkeys] = await Promise.all([
    obstacleOn(op, 'mail'),
    administrators(op),
    countPasskeys(op, owner),
  ]);
  const isMissing: Readonly<Record<Missing, boolean>> = {
    mail: obstacle !== null,
    controller: isExampleController(),
    administrators: others.length < 2,
    passkey: passkeys === 0,
  };
  const all: readonly Missing[] = ['mail', 'controller', 'administrators', 'passkey'];
  return all.filter((part) => isMissing[part]);
}

/** The list of what is missing, each with the way to it; nothing when all is there. */
export function SetUpChecklist({
  visit,
  missing,
}: {
  visit: OwnVisit;
  missing: readonly Missing[];
}) {
  if (missing.length === 0) return null;
  const words = setupText[visit.language].checklist;
  return (
    <Notice kind="warning" title={words.title}>
      <ul>
        {missing.map((part) => (
          <li>
            {words[part]} <WayTo part={part} visit={visit} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function WayTo({ part, visit }: { part: Missing; visit: OwnVisit }) {
  const words = setupText[visit.language].checklist;
  if (part === 'controller') return <>{words.controllerHow}</>;
  const [address, label] = {
    mail: ['/console/recipients', words.mailLink] as const,
    administrators: [`${staffRoom}/invite`, words.administratorsLink] as const,
    passkey: [ownPage, words.passkeyLink] as const,
  }[part];
  return <a href={address}>{label}</a>;
}
