import type { BookingRules, Item, Question } from '../history/catalogue/items.ts';
import { newRowId } from '../ids.ts';
import type { Words } from '../policy/shape.ts';
import type { DemoSkill } from './demo-resources.ts';

type Facts = Pick<
  Item,
  'kind' | 'name' | 'description' | 'priceOre' | 'vatPercent' | 'isSensitive'
>;

/** Something the demo company offers; without more, a plain product of one kind that is shipped. */
export type DemoItem = Facts &
  Partial<Pick<Item, 'fulfilment' | 'withdrawal' | 'paysOnSite'>> & {
    readonly variants?: readonly {
      readonly name: Words;
      readonly extraOre: number;
      readonly stock: number | null;
    }[];
    readonly questions?: readonly Question[];
    readonly booking?: BookingRules;
    readonly needs?: readonly DemoSkill[];
  };

const noName = { sv: '', en: '' };
const onlyVariant = { name: noName, extraOre: 0, stock: null };

/** A demo item with ids of its own. */
export function newItem(item: DemoItem, now: Temporal.Instant): Item {
  const { needs: _, variants, ...rest } = item;
  const kinds = item.kind === 'product' ? (variants ?? [onlyVariant]) : [];
  return {
    fulfilment: 'shipped',
    withdrawal: 'right',
    paysOnSite: true,
    questions: [],
    booking: null,
    ...rest,
    itemId: newRowId(now),
    variants: kinds.map((variant) => ({ variantId: newRowId(now), ...variant })),
  };
}

/** What the demo company sells. */
export const demoItems: readonly DemoItem[] = [
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
    variants: [
      { name: { sv: 'Liten, 20 × 30 cm', en: 'Small, 20 × 30 cm' }, extraOre: 0, stock: 12 },
      { name: { sv: 'Stor, 30 × 45 cm', en: 'Large, 30 × 45 cm' }, extraOre: 25_000, stock: 5 },
    ],
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
    withdrawal: 'perishable',
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
