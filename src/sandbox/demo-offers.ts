import type { BookingRules } from '../history/catalogue/items.ts';
import type { DemoItem } from './demo-items.ts';

/** What the demo company does for its customers without a time in the calendar. */
export const demoServices: readonly DemoItem[] = [
  {
    kind: 'service',
    name: { sv: 'Trasmattetvätt, hämtas hemma', en: 'Rag rug wash, fetched from your home' },
    description: {
      sv: 'Vi hämtar mattan, tvättar den i såpa, torkar den plant och kommer tillbaka inom en vecka.',
      en: 'We fetch the rug, wash it in soap, dry it flat and come back within a week.',
    },
    priceOre: 69_000,
    vatPercent: 25,
    isSensitive: false,
    fulfilment: 'at-customer',
    questions: [
      { field: 'access', isRequired: true },
      { field: 'measurements', isRequired: true },
    ],
  },
  {
    kind: 'service',
    name: { sv: 'Lagning av kläder', en: 'Mending of clothes' },
    description: {
      sv: 'Stoppning, lappar och nya dragkedjor. Lämna plagget hos oss, vi hör av oss när det är klart.',
      en: 'Darning, patches and new zips. Leave the garment with us; we get in touch when it is done.',
    },
    priceOre: 39_000,
    vatPercent: 25,
    isSensitive: false,
    fulfilment: 'on-site',
    withdrawal: 'performed-service',
    questions: [{ field: 'wishes', isRequired: false }],
  },
];

const usual: BookingRules = {
  durationMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  stepMinutes: 60,
  leadMinutes: 120,
  horizonDays: 90,
  capacity: 1,
  freeCancelHours: 24,
  lateFeePercent: 0,
};

/** What is booked by time: a group with a teacher and a room, one person, and one thing. */
export const demoBookings: readonly DemoItem[] = [
  {
    kind: 'booking',
    name: { sv: 'Vävkurs för nybörjare', en: 'Weaving course for beginners' },
    description: {
      sv: 'Tre timmar vid vävstolen i en grupp om åtta. Garn och kaffe ingår.',
      en: 'Three hours at the loom in a group of eight. Yarn and coffee are included.',
    },
    priceOre: 89_500,
    vatPercent: 25,
    isSensitive: false,
    fulfilment: 'on-site',
    // Leisure on a certain day (distansavtalslagen 2:11, 12).
    withdrawal: 'date-bound',
    paysOnSite: false,
    booking: {
      ...usual,
      durationMinutes: 180,
      bufferBeforeMinutes: 30,
      bufferAfterMinutes: 30,
      stepMinutes: 180,
      leadMinutes: 24 * 60,
      capacity: 8,
      freeCancelHours: 72,
      lateFeePercent: 100,
    },
    needs: ['teaching', 'weavingRoom'],
  },
  {
    kind: 'booking',
    name: { sv: 'Ullrådgivning, 30 min', en: 'Advice on wool, 30 min' },
    description: {
      sv: 'Ta med garn, plagg eller en idé, så hjälper vi dig vidare.',
      en: 'Bring yarn, a garment or an idea, and we help you on.',
    },
    priceOre: 29_500,
    vatPercent: 25,
    isSensitive: false,
    fulfilment: 'on-site',
    paysOnSite: true,
    questions: [{ field: 'wishes', isRequired: false }],
    booking: {
      ...usual,
      durationMinutes: 30,
      bufferAfterMinutes: 10,
      stepMinutes: 30,
      lateFeePercent: 50,
    },
    needs: ['woolAdvice'],
  },
  {
    kind: 'booking',
    name: { sv: 'Hyra vävstol, en timme', en: 'Rent a loom, one hour' },
    description: {
      sv: 'En bred vävstol i vår ateljé, färdig att börja väva på.',
      en: 'A wide loom in our workshop, ready to weave on.',
    },
    priceOre: 18_000,
    vatPercent: 25,
    isSensitive: false,
    fulfilment: 'on-site',
    withdrawal: 'date-bound',
    booking: { ...usual, stepMinutes: 30, horizonDays: 30 },
    needs: ['loom'],
  },
];
