import { latestEngagement } from '../accounts/engagements.ts';
import type { OwnVisit } from '../http/route.ts';
import { findRecipient } from '../recipients/register.ts';

/** The name of the recipient that a provider works for, as customers see it; empty where there is none. */
export async function employerOf({ op, owner }: OwnVisit): Promise<string> {
  const engagement = await latestEngagement(op, owner);
  if (engagement === null) return '';
  return (await findRecipient(op.db, engagement.recipientId))?.name ?? '';
}
