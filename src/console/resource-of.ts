import { readResource } from '../history/calendar/resources.ts';
import type { KnownResource } from '../history/calendar/resources.ts';
import type { OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import { Problem } from '../problem.ts';

/** The resource in the path. @throws Problem `not-found` */
export async function readResourceOf({ op, params }: OwnVisit): Promise<KnownResource> {
  const id = params['resource'] ?? '';
  if (!isRowId(id)) throw new Problem('not-found');
  return readResource(op.db, id);
}
