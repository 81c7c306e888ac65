import { notice } from '../../policy/notice.ts';
import type { Operation } from '../../operation.ts';
import type { ProofParts, Seen } from './finding.ts';

/** P19: the notice page names the controller with number and address, and they are well-formed. */
export async function controllerIsNamed(_op: Operation, { fetchPage }: ProofParts): Promise<Seen> {
  const { name, organisation_number, street, postal_code, town } = notice.controller;
  const page = await fetchPage('/notice')
    .then((response) => response.text())
    .catch(() => null);
  if (page === null) return { lookedAt: 1, found: ['the notice page cannot be read'] };
  const absent = [name, organisation_number, street, postal_code, town].filter(
    (fact) => !page.includes(fact),
  );
  const found = absent.map((fact) => `the notice page does not show ${fact}`);
  if (!isOrganisationNumber(organisation_number)) found.push('the organisation number is not one');
  if (!/^\d{3} \d{2}$/.test(postal_code)) found.push('the postal code is not one');
  return { lookedAt: 7, found };
}

/** Ten digits, the third at least 2, the last a Luhn check digit (lag 1974:174 om identitetsbeteckning). */
export function isOrganisationNumber(text: string): boolean {
  if (!/^\d{2}[2-9]\d{3}-\d{4}$/.test(text)) return false;
  const digits = [...text.replace('-', '')].map(Number);
  const sum = digits
    .map((digit, index) => (index % 2 === 0 ? digit * 2 : digit))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return sum % 10 === 0;
}
