import { readPicture } from '../history/catalogue/pictures/pictures.ts';
import { feedMediaType } from '../history/calendar/feed.ts';
import { feedOf, resourceOfFeed } from '../history/calendar/resource-feed.ts';
import type { Route, Visit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import { Problem } from '../problem.ts';

const yearSeconds = 31_536_000;
const feedName = /^([\w-]+)\.ics$/;

/** What is no page: pictures of the catalogue, and calendar feeds for who has the address of one. */
export const calendarRoutes: readonly Route[] = [
  { method: 'GET', path: '/pictures/:id', access: 'anyone', purpose: 'order', page: showPicture },
  {
    method: 'GET',
    path: '/calendar/:feed',
    access: 'anyone',
    purpose: 'employment',
    page: showFeed,
  },
];

/** It may be kept for ever, because another picture has another id. */
async function showPicture({ op, params }: Visit): Promise<Response> {
  const id = params['id'] ?? '';
  const picture = isRowId(id) ? await readPicture(op.db, id) : null;
  if (picture === null) throw new Problem('not-found');
  return new Response(new Uint8Array(picture.content), {
    headers: {
      'content-type': picture.mediaType,
      'cache-control': `public, max-age=${yearSeconds}, immutable`,
    },
  });
}

/** @throws Problem `not-found` for an address that was renewed, as for any other that is none */
async function showFeed({ op, params, language }: Visit): Promise<Response> {
  const token = feedName.exec(params['feed'] ?? '')?.[1] ?? '';
  const resource = await resourceOfFeed(op, token);
  if (resource === null) throw new Problem('not-found');
  return new Response(await feedOf(op, resource, language), {
    headers: { 'content-type': feedMediaType },
  });
}
