import { providerObstacle } from '../history/disclose-booking.ts';
import type { OwnVisit } from '../http/route.ts';
import { Notice } from '../pages/notices.tsx';
import { notice } from '../policy/notice.ts';
import { providerText } from '../text/provider.ts';

/** Says before anything is asked for that nothing about customers is handed out today, and why; else nothing. */
export async function stoppedNotice(visit: OwnVisit) {
  const obstacle = await providerObstacle(visit.op, visit.owner);
  if (obstacle === null) return null;
  const words = providerText[visit.language].stopped;
  return (
    <Notice kind="warning" title={words.title}>
      <p>{words[obstacle](notice.controller.name)}</p>
    </Notice>
  );
}
