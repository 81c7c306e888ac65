import { z } from 'zod';
import type { Channel } from '../database/records.ts';
import { dayField, line } from '../http/fields.ts';
import type { FieldFault } from '../http/form.ts';
import { notice } from '../policy/notice.ts';
import { recipients } from '../policy/recipients.ts';
import type { RecipientCategoryName } from '../policy/recipients.ts';
import type { NewRecipient, Recipient } from '../recipients/register.ts';

export const recipientNameLengthMax = 100;
const toolLengthMax = 200;
const urlLengthMax = 500;

const fault = (word: FieldFault) => ({ error: word });
export const categoryNamesOfRecipients = Object.keys(recipients) as RecipientCategoryName[];
export const recipientRoles = ['processor', 'controller'] as const;

/** Nothing, or what the field says. */
function orNothing<T>(field: z.ZodType<T>) {
  return z.union([
    z
      .string()
      .trim()
      .length(0)
      .transform(() => null),
    field,
  ]);
}

function addressField(known: string | null) {
  return z
    .string(fault('missing'))
    .trim()
    .max(urlLengthMax, fault('missing'))
    .refine((text) => text === known || isHttps(text), fault('missing'));
}

export const channels = ['mail', 'swish', 'card'] as const satisfies readonly Channel[];

/** What the form of a recipient must hold. `known` is what is written about it now: an old address may stay. */
export function recipientForm(known: Recipient | null) {
  return z
    .object({
      name: line(recipientNameLengthMax),
      category: z.enum(categoryNamesOfRecipients, fault('missing')),
      country: z.string(fault('missing')).trim().toUpperCase().refine(isCountry, fault('missing')),
      role: z.enum(recipientRoles, fault('missing')),
      channel: z.enum(['none', ...channels], fault('missing')),
      transfer_tool: z.string().trim().max(toolLengthMax, fault('missing')).default(''),
      transfer_until: orNothing(dayField).default(null),
      notice_url: orNothing(addressField(known?.noticeUrl ?? null)).default(null),
      erasure_url: orNothing(addressField(known?.erasureUrl ?? null)).default(null),
    })
    .superRefine(({ category, role, notice_url }, context) => {
      const allowed = notice.recipients[category].role;
      if (allowed !== 'either' && allowed !== role) {
        context.addIssue({ code: 'custom', path: ['role'], message: 'not-a-choice' });
      }
      if (role === 'controller' && notice_url === null) {
        context.addIssue({ code: 'custom', path: ['notice_url'], message: 'missing' });
      }
    })
    .transform((fields): NewRecipient => ({
      name: fields.name,
      category: fields.category,
      country: fields.country,
      role: fields.role,
      channel: fields.channel === 'none' ? null : fields.channel,
      transferTool: fields.transfer_tool === '' ? null : fields.transfer_tool,
      transferValidUntil: fields.transfer_until,
      noticeUrl: fields.notice_url,
      erasureUrl: fields.erasure_url,
    }));
}

/** The fields of a recipient as its form shows them. */
export function fieldsOf(recipient: Recipient): ReadonlyMap<string, string> {
  return new Map([
    ['name', recipient.name],
    ['category', recipient.category],
    ['country', recipient.country],
    ['role', recipient.role],
    ['channel', recipient.channel ?? 'none'],
    ['transfer_tool', recipient.transferTool ?? ''],
    ['transfer_until', recipient.transferValidUntil?.toString() ?? ''],
    ['notice_url', recipient.noticeUrl ?? ''],
    ['erasure_url', recipient.erasureUrl ?? ''],
  ]);
}

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}

/** A code that has a name; others are given back as they are. */
function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code)) return false;
  return new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' }).of(code) !== undefined;
}
