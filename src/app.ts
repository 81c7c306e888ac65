import type { Hono } from 'hono';
import { callbackRoutes } from './api/callback-routes.ts';
import type { CallbackParts } from './api/callback-routes.ts';
import { consoleRoutes } from './console/routes.ts';
import { consoleProblemPage, isConsolePath } from './console/problem-page.tsx';
import type { ConsoleParts } from './console/staff-routes.ts';
import { buildApp } from './http/app.ts';
import type { AppParts } from './http/app.ts';
import type { Route } from './http/route.ts';
import { serveAsset } from './pages/assets.ts';
import type { PortalParts } from './portal/parts.ts';
import { problemPage } from './portal/problem.tsx';
import { portalRoutes } from './portal/routes.ts';
import { providerRoutes } from './provider/routes.ts';

/** Every address of the site: who may come, and what for. */
export function siteRoutes(parts: PortalParts & ConsoleParts & CallbackParts): Route[] {
  return [
    ...portalRoutes(parts),
    ...consoleRoutes(parts),
    ...providerRoutes,
    ...callbackRoutes(parts),
  ];
}

export type SiteParts = Omit<AppParts, 'routes' | 'asset' | 'problemPage'> &
  PortalParts &
  ConsoleParts &
  CallbackParts;

/** The whole site: the pages of customers, and of those who work, each with its own way of saying what went wrong. */
export function siteApp(parts: SiteParts): Hono {
  return buildApp({
    ...parts,
    routes: siteRoutes(parts),
    asset: (address, acceptEncoding) => {
      const asset = serveAsset(address, acceptEncoding);
      return asset && new Response(asset.body, { headers: asset.headers });
    },
    problemPage: (visit, code, id) =>
      isConsolePath(visit.path)
        ? consoleProblemPage(visit, code, id)
        : problemPage(visit, code, id),
  });
}
