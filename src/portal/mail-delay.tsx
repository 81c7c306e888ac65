import type { Child } from 'hono/jsx';
import type { Visit } from '../http/route.ts';
import { Notice } from '../pages/notices.tsx';
import { obstacleOn } from '../recipients/gate.ts';
import { portalText } from '../text/portal.ts';

/** Says that mail waits when nothing may go to whoever sends it; null when mail goes. Looks at nobody's data. */
export async function mailDelay(visit: Visit): Promise<Child> {
  const obstacle = await obstacleOn(visit.op, 'mail');
  if (obstacle === null) return null;
  const words = portalText[visit.language].mailDelay;
  return (
    <Notice kind="warning" title={words.title}>
      <p>{words.text}</p>
    </Notice>
  );
}
