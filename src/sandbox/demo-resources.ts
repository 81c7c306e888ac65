import type { ResourceKind } from '../database/records-history.ts';
import type { Hours } from '../history/calendar/bookable.ts';
import type { Words } from '../policy/shape.ts';

/** What the demo company's people, rooms and things can be booked for. */
export const demoSkills = {
  teaching: { sv: 'Leder vävkurser', en: 'Leads weaving courses' },
  weavingRoom: { sv: 'Sal med vävstolar', en: 'Room with looms' },
  woolAdvice: { sv: 'Ger råd om ull', en: 'Gives advice on wool' },
  loom: { sv: 'Vävstol att hyra', en: 'Loom for rent' },
} as const satisfies Record<string, Words>;

export type DemoSkill = keyof typeof demoSkills;

type DemoResource = {
  readonly kind: ResourceKind;
  readonly label: Words;
  readonly skills: readonly DemoSkill[];
  /** By weekday, Monday first. */
  readonly week: readonly (readonly Hours[])[];
};

const hours = (opens: number, closes: number): Hours => ({
  opensMinute: opens * 60,
  closesMinute: closes * 60,
});
const office = [hours(8, 12), hours(13, 17)];
const open = [hours(8, 21)];
const closed: readonly Hours[] = [];

export const demoResources: readonly DemoResource[] = [
  {
    kind: 'person',
    label: { sv: 'Vävlärare', en: 'Weaving teacher' },
    skills: ['teaching'],
    week: [
      closed,
      [hours(17.5, 20.5)],
      closed,
      [hours(17.5, 20.5)],
      closed,
      [hours(10, 13)],
      closed,
    ],
  },
  {
    kind: 'person',
    label: { sv: 'Ullrådgivare', en: 'Wool adviser' },
    skills: ['woolAdvice'],
    week: [office, office, closed, office, [hours(8, 12)], closed, closed],
  },
  {
    kind: 'room',
    label: { sv: 'Vävsalen', en: 'Weaving room' },
    skills: ['weavingRoom'],
    week: [open, open, open, open, open, [hours(9, 15)], closed],
  },
  {
    kind: 'thing',
    label: { sv: 'Bred vävstol', en: 'Wide loom' },
    skills: ['loom'],
    week: [open, open, open, open, open, [hours(9, 15)], [hours(9, 15)]],
  },
];
