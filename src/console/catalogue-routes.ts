import type { Route } from '../http/route.ts';
import { showBookingRules, takeBookingRules } from './catalogue-booking-page.tsx';
import {
  chooseKind,
  showFacts,
  showNewItem,
  takeFacts,
  takeNewItem,
} from './catalogue-form-pages.tsx';
import { showItem, takeOffer } from './catalogue-item-page.tsx';
import { catalogueRoom, showCatalogue, takeOrder } from './catalogue-page.tsx';
import {
  changePicture,
  showPicture,
  showPictures,
  takePicture,
} from './catalogue-pictures-pages.tsx';
import { showQuestions, takeQuestions } from './catalogue-questions-page.tsx';
import {
  showVariant,
  showVariants,
  takeNewVariant,
  takeVariant,
} from './catalogue-variants-pages.tsx';
import { showClosedDays, takeClosedDays } from './closed-days-page.tsx';
import { administratorsOnly, customerStaff } from './frame.tsx';
import {
  showNewResource,
  showResourceFacts,
  takeNewResource,
  takeResourceFacts,
} from './resource-form-pages.tsx';
import { showHours, takeHours } from './resource-hours-page.tsx';
import { showResource, takeResource } from './resource-page.tsx';
import { resourcesPage, showResources } from './resources-page.tsx';
import { showSkill, showSkills, takeNewSkill, takeSkill } from './skills-page.tsx';

const see = { method: 'GET', purpose: 'employment', access: customerStaff } as const;
const get = { method: 'GET', purpose: 'employment', access: administratorsOnly } as const;
const post = { method: 'POST', purpose: 'employment', access: administratorsOnly } as const;

const item = `${catalogueRoom}/items/:item`;
const resource = `${resourcesPage}/:resource`;
const skills = `${catalogueRoom}/skills`;
const closedDays = `${catalogueRoom}/closed-days`;

/** What is offered: customer service sees it, administrators change it. */
export const catalogueRoutes: readonly Route[] = [
  { ...see, path: catalogueRoom, page: showCatalogue },
  { ...post, path: `${catalogueRoom}/order`, page: takeOrder },
  { ...get, path: `${catalogueRoom}/new`, page: chooseKind },
  { ...get, path: `${catalogueRoom}/new/:kind`, page: showNewItem },
  { ...post, path: `${catalogueRoom}/new/:kind`, page: takeNewItem },
  { ...see, path: item, page: showItem },
  { ...post, path: `${item}/offer`, page: takeOffer },
  { ...get, path: `${item}/change`, page: showFacts },
  { ...post, path: `${item}/change`, page: takeFacts },
  { ...get, path: `${item}/variants`, page: showVariants },
  { ...post, path: `${item}/variants`, page: takeNewVariant },
  { ...get, path: `${item}/variants/:variant`, page: showVariant },
  { ...post, path: `${item}/variants/:variant`, page: takeVariant },
  { ...get, path: `${item}/questions`, page: showQuestions },
  { ...post, path: `${item}/questions`, page: takeQuestions },
  { ...get, path: `${item}/booking`, page: showBookingRules },
  { ...post, path: `${item}/booking`, page: takeBookingRules },
  { ...get, path: `${item}/pictures`, page: showPictures },
  { ...post, path: `${item}/pictures`, upload: true, page: takePicture },
  { ...get, path: `${item}/pictures/:picture`, page: showPicture },
  { ...post, path: `${item}/pictures/:picture`, page: changePicture },
  { ...see, path: resourcesPage, page: showResources },
  { ...get, path: `${resourcesPage}/new`, page: showNewResource },
  { ...post, path: `${resourcesPage}/new`, page: takeNewResource },
  { ...see, path: resource, page: showResource },
  { ...post, path: resource, page: takeResource },
  { ...get, path: `${resource}/change`, page: showResourceFacts },
  { ...post, path: `${resource}/change`, page: takeResourceFacts },
  { ...get, path: `${resource}/hours/:period`, page: showHours },
  { ...post, path: `${resource}/hours/:period`, page: takeHours },
  { ...see, path: skills, page: showSkills },
  { ...post, path: skills, page: takeNewSkill },
  { ...get, path: `${skills}/:skill`, page: showSkill },
  { ...post, path: `${skills}/:skill`, page: takeSkill },
  { ...see, path: closedDays, page: showClosedDays },
  { ...post, path: closedDays, page: takeClosedDays },
];
