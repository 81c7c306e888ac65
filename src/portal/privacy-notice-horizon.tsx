import type { Visit } from '../http/route.ts';
import { horizonText } from '../text/horizon.ts';
import { horizonDays } from '../vault/horizon.ts';

/** How long backups can still hold the key of somebody who left: by the numbers that this installation runs with. */
export function Horizon({ visit }: { visit: Visit }) {
  const { plan } = visit.op.vault.epochs;
  return <p>{horizonText[visit.language].notice(plan.days, horizonDays(plan))}</p>;
}
