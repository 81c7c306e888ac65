import { countPasskeys } from '../accounts/passkeys.ts';
import { administrators } from '../accounts/staff-administrators.ts';
import type { OwnVisit } from '../http/route.ts';
import { Notice } from '../pages/notices.tsx';
import { isExampleController } from '../policy/example.ts';
import { obstacleOn } from '../recipients/gate.ts';
import { setupText } from '../text/console-setup.ts';
import { isTaskLeft } from './books-page.tsx';
import { booksRoom } from './books-visit.ts';
import { ownPage } from './frame.tsx';
import { staffRoom } from './staff-page.tsx';

type Missing = 'mail' | 'controller' | 'administrators' | 'passkey' | 'storage';

/**
 * What somebody of a real company still has to do: administrators all of it, who keeps the books the report of where they
 * are. A sandbox needs none of it, and shows that one as an example.
 */
export async function missingParts(visit: OwnVisit): Promise<Missing[]> {
  const { site, session } = visit;
  const isAdministrator = session.role === 'administrator';
  if (!isAdministrator && session.role !== 'bookkeeper') return [];
  const storage: Missing[] = (await isTaskLeft(visit)) ? ['storage'] : [];
  if (!isAdministrator || site.sandbox !== null) return storage;
  return [...(await missingOfCompany(visit)), ...storage];
}

async function missingOfCompany({ op, owner }: OwnVisit): Promise<Missing[]> {
  const [obstacle, others, passkeys] = await Promise.all([
    obstacleOn(op, 'mail'),
    administrators(op),
    countPasskeys(op, owner),
  ]);
  return [
    ...(obstacle === null ? [] : (['mail'] as const)),
    ...(isExampleController() ? (['controller'] as const) : []),
    ...(others.length < 2 ? (['administrators'] as const) : []),
    ...(passkeys === 0 ? (['passkey'] as const) : []),
  ];
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
  const isExample = visit.site.sandbox !== null;
  return (
    <Notice kind={isExample ? 'info' : 'warning'} title={isExample ? words.example : words.title}>
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
  if (part === 'storage' && visit.session.role !== 'bookkeeper') return <>{words.storageHow}</>;
  const [address, label] = {
    mail: ['/console/recipients', words.mailLink] as const,
    administrators: [`${staffRoom}/invite`, words.administratorsLink] as const,
    passkey: [ownPage, words.passkeyLink] as const,
    storage: [`${booksRoom}/storage`, words.storageLink] as const,
  }[part];
  return <a href={address}>{label}</a>;
}
