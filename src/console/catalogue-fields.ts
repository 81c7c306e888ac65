import { z } from 'zod';
import type { Fulfilment, ItemKind, Withdrawal } from '../database/records-history.ts';
import type { ItemFacts } from '../history/catalogue/change-item.ts';
import type { BookingRules, Item } from '../history/catalogue/items.ts';
import type { VariantFacts } from '../history/catalogue/variants.ts';
import { line } from '../http/fields.ts';
import type { FieldFault } from '../http/form.ts';

export const itemNameLengthMax = 100;
export const descriptionLengthMax = 2_000;
export const variantNameLengthMax = 60;
export const alternativeLengthMax = 200;
const priceOreMax = 100_000_000;
const extraOreMax = 10_000_000;
const minutesOfHour = 60;

const fault = (word: FieldFault) => ({ error: word });

export const vatRates = ['25', '12', '6', '0'] as const;
/** How each kind can reach the customer, the usual first. */
export const fulfilmentsOf: Readonly<Record<ItemKind, readonly Fulfilment[]>> = {
  product: ['shipped', 'pick-up'],
  service: ['at-customer', 'on-site', 'pick-up', 'shipped'],
  booking: ['on-site', 'at-customer'],
};
export const withdrawals = [
  'right',
  'date-bound',
  'performed-service',
  'custom-made',
  'perishable',
  'sealed',
  'digital',
] as const satisfies readonly Withdrawal[];

/** Text over several lines, never empty. */
function paragraph(lengthMax: number) {
  return z
    .string(fault('missing'))
    .transform((text) => text.normalize('NFC').replaceAll('\r\n', '\n').replaceAll('\0', '').trim())
    .pipe(z.string().min(1, fault('missing')).max(lengthMax, fault('too-long')));
}

/** A box that is ticked or not. */
const ticked = z
  .string()
  .optional()
  .transform((value) => value !== undefined);

/** An amount in kronor as people write it, in öre: `1 249`, `349,50`, `349.5`. */
function kronorField({ oreMin, oreMax }: { readonly oreMin: number; readonly oreMax: number }) {
  return z
    .string(fault('missing'))
    .transform((text) => text.replaceAll(/\s|kr\.?$/giu, '').replaceAll(/[\u2212\u2013]/g, '-'))
    .pipe(z.string().regex(/^-?\d{1,9}(?:[.,]\d{1,2})?$/, fault('missing')))
    .transform((text) => Math.round(Number(text.replace(',', '.')) * 100))
    .pipe(z.number().min(oreMin, fault('missing')).max(oreMax, fault('too-long')));
}

/** A whole number between two others. */
export function wholeField(min: number, max: number) {
  return z
    .string(fault('missing'))
    .trim()
    .regex(/^\d{1,6}$/, fault('missing'))
    .transform(Number)
    .pipe(z.number().min(min, fault('missing')).max(max, fault('missing')));
}

/** What the form of an item of this kind must hold. */
export function factsForm(kind: ItemKind) {
  return z
    .object({
      name_sv: line(itemNameLengthMax),
      name_en: line(itemNameLengthMax),
      description_sv: paragraph(descriptionLengthMax),
      description_en: paragraph(descriptionLengthMax),
      price: kronorField({ oreMin: 0, oreMax: priceOreMax }),
      vat: z.enum(vatRates, fault('missing')),
      fulfilment: z.enum(fulfilmentsOf[kind], fault('missing')),
      withdrawal: z.enum(withdrawals, fault('missing')),
      pays_on_site: ticked,
      sensitive: ticked,
    })
    .transform((fields): ItemFacts => ({
      name: { sv: fields.name_sv, en: fields.name_en },
      description: { sv: fields.description_sv, en: fields.description_en },
      priceOre: fields.price,
      vatPercent: Number(fields.vat) as ItemFacts['vatPercent'],
      fulfilment: fields.fulfilment,
      withdrawal: fields.withdrawal,
      paysOnSite: fields.pays_on_site,
      isSensitive: fields.sensitive,
    }));
}

/** The fields of an item as its form shows them. */
export function fieldsOfItem(item: Item): [string, string][] {
  return [
    ['name_sv', item.name.sv],
    ['name_en', item.name.en],
    ['description_sv', item.description.sv],
    ['description_en', item.description.en],
    ['price', kronorOf(item.priceOre)],
    ['vat', String(item.vatPercent)],
    ['fulfilment', item.fulfilment],
    ['withdrawal', item.withdrawal],
    ...(item.paysOnSite ? [['pays_on_site', 'yes'] as [string, string]] : []),
    ...(item.isSensitive ? [['sensitive', 'yes'] as [string, string]] : []),
  ];
}

/** Öre as they stand in a field: `349,50`, or `349` where there are none. */
export function kronorOf(ore: number): string {
  return ore % 100 === 0 ? String(ore / 100) : (ore / 100).toFixed(2).replace('.', ',');
}

const optionalLine = z
  .string(fault('missing'))
  .transform((text) => text.trim())
  .pipe(z.union([z.literal(''), line(variantNameLengthMax)], fault('too-long')));

/** The name of a variant stands in both languages or in none. */
export const variantForm = z
  .object({
    name_sv: optionalLine,
    name_en: optionalLine,
    extra: kronorField({ oreMin: -extraOreMax, oreMax: extraOreMax }),
    offered: ticked,
  })
  .superRefine(({ name_sv, name_en }, context) => {
    const missing = (path: string) => {
      context.addIssue({ code: 'custom', path: [path], message: 'missing' });
    };
    if (name_sv === '' && name_en !== '') missing('name_sv');
    if (name_en === '' && name_sv !== '') missing('name_en');
  })
  .transform((fields): VariantFacts => ({
    name: { sv: fields.name_sv, en: fields.name_en },
    extraOre: fields.extra,
    isOffered: fields.offered,
  }));

/** How an item is booked; the limits are those of the table. */
export const bookingForm = z
  .object({
    duration: wholeField(5, 1440),
    before: wholeField(0, 1440),
    after: wholeField(0, 1440),
    step: wholeField(5, 1440),
    lead_hours: wholeField(0, 8784),
    horizon: wholeField(1, 366),
    capacity: wholeField(1, 500),
    free_cancel: wholeField(0, 2160),
    late_fee: wholeField(0, 100),
  })
  .transform((fields): BookingRules => ({
    durationMinutes: fields.duration,
    bufferBeforeMinutes: fields.before,
    bufferAfterMinutes: fields.after,
    stepMinutes: fields.step,
    leadMinutes: fields.lead_hours * minutesOfHour,
    horizonDays: fields.horizon,
    capacity: fields.capacity,
    freeCancelHours: fields.free_cancel,
    lateFeePercent: fields.late_fee,
  }));

export function fieldsOfBooking(rules: BookingRules): [string, string][] {
  const fields = {
    duration: rules.durationMinutes,
    before: rules.bufferBeforeMinutes,
    after: rules.bufferAfterMinutes,
    step: rules.stepMinutes,
    lead_hours: leadHoursOf(rules),
    horizon: rules.horizonDays,
    capacity: rules.capacity,
    free_cancel: rules.freeCancelHours,
    late_fee: rules.lateFeePercent,
  };
  return Object.entries(fields).map(([name, value]) => [name, String(value)]);
}

export function leadHoursOf({ leadMinutes }: BookingRules): number {
  return Math.ceil(leadMinutes / minutesOfHour);
}

/** What a picture shows, in both languages. */
export const alternativeForm = z
  .object({ alt_sv: line(alternativeLengthMax), alt_en: line(alternativeLengthMax) })
  .transform(({ alt_sv, alt_en }) => ({ sv: alt_sv, en: alt_en }));
