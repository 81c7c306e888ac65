import {
  categoryNames,
  leavesTrace,
  mayReceive,
  protectedReaders,
  purposeNames,
  stoppedBy,
} from './rules.ts';
import { notice } from './notice.ts';
import { parties } from './shape.ts';
import type { PurposeDeclaration } from './shape.ts';
import type { RecipientCategoryName } from './recipients.ts';

/**
 * The whole policy as one table that a lawyer can read: purpose x category x who x how it is stopped, then what each
 * kind of recipient may be given, then how long things are kept. Kept as a golden file beside this one.
 */
export function policyMatrix(): string {
  const lines = [
    `Policy of ${notice.controller.name}, version ${notice.version}`,
    '',
    'WHO MAY OPEN WHAT, AND WHY  (* = written down, and shown to the customer)',
    ...openings(),
    '',
    'WHO MAY OPEN SOMEBODY WITH A PROTECTED IDENTITY',
    ...Object.entries(protectedReaders).map(
      ([party, purposes]) => `${party}: ${purposes.join(', ')}`,
    ),
    '',
    'WHO MAY BE GIVEN WHAT',
    ...disclosures(),
    '',
    'HOW LONG',
    ...Object.entries(notice.keeping).map(([name, { words }]) => `${name.padEnd(14)} ${words.en}`),
  ];
  return `${lines.join('\n')}\n`;
}

function openings(): string[] {
  return purposeNames().flatMap((purpose) => {
    const declared: PurposeDeclaration = notice.purposes[purpose];
    const stops = stoppedBy(purpose).join(', ') || 'nothing';
    const rows = categoryNames().flatMap((category) => {
      const who = parties.filter((party) => declared.opens[party]?.includes(category));
      if (who.length === 0) return [];
      const marked = who.map((party) => (leavesTrace(party) ? `${party}*` : party)).join(', ');
      return [`  ${category.padEnd(14)} ${marked}`];
    });
    return [
      `${purpose} (${declared.basis}; stopped by ${stops})`,
      ...(rows.length ? rows : ['  nothing']),
    ];
  });
}

function disclosures(): string[] {
  return (Object.keys(notice.recipients) as RecipientCategoryName[]).flatMap((recipient) => {
    const rows = purposeNames().flatMap((purpose) =>
      categoryNames().flatMap((category) => {
        const fields = mayReceive(recipient, purpose, category);
        return fields.length ? [`  ${purpose}: ${category} (${fields.join(', ')})`] : [];
      }),
    );
    const { role } = notice.recipients[recipient];
    return [`${recipient} (${role})`, ...(rows.length ? rows : ['  nothing yet'])];
  });
}
