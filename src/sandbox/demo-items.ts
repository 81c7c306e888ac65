import type { Item } from '../history/catalogue.ts';

/** What the demo company sells. */
export const demoItems: readonly Omit<Item, 'itemId'>[] = [
  {
    kind: 'product',
    name: { sv: 'Ullfilt, naturvit', en: 'Wool blanket, natural white' },
    description: {
      sv: 'Vävd av ull från gårdar runt Borås. 130 × 180 cm.',
      en: 'Woven from the wool of farms around Borås. 130 × 180 cm.',
    },
    priceOre: 124_900,
    vatPercent: 25,
    isSensitive: false,
  },
  {
    kind: 'product',
    name: { sv: 'Linnehandduk, två stycken', en: 'Linen towels, two' },
    description: {
      sv: 'Tål 60 grader och blir mjukare med åren.',
      en: 'Can be washed at 60 degrees and grow softer with the years.',
    },
    priceOre: 34_900,
    vatPercent: 25,
    isSensitive: false,
  },
  {
    kind: 'product',
    name: { sv: 'Skärbräda av ek', en: 'Oak cutting board' },
    description: {
      sv: 'Ett enda stycke svensk ek, oljad för hand.',
      en: 'A single piece of Swedish oak, oiled by hand.',
    },
    priceOre: 49_500,
    vatPercent: 25,
    isSensitive: false,
  },
  {
    kind: 'product',
    name: { sv: 'Ljunghonung, 350 g', en: 'Heather honey, 350 g' },
    description: {
      sv: 'Från bikupor på Kinnekulle. Skördad i augusti.',
      en: 'From hives on Kinnekulle. Harvested in August.',
    },
    priceOre: 9_900,
    vatPercent: 6,
    isSensitive: false,
  },
  {
    kind: 'product',
    name: { sv: 'Boken om trasmattor', en: 'The book of rag rugs' },
    description: {
      sv: 'Tolv mönster, från trådning till fransar.',
      en: 'Twelve patterns, from threading to fringes. In Swedish.',
    },
    priceOre: 27_900,
    vatPercent: 6,
    isSensitive: false,
  },
];
