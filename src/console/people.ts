import type { StaffChange } from '../accounts/staff-administrators.ts';
import { kindOfColleague } from '../accounts/staff-register.ts';
import type { Colleague } from '../accounts/staff-register.ts';
import type { OwnVisit } from '../http/route.ts';
import { isOwnerId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { Problem } from '../problem.ts';
import type { Language } from '../text/bilingual.ts';
import type { Room } from './frame.tsx';

/** Those who work here and those who perform services are cared for alike, each in a room of their own. */
export type People = {
  readonly as: 'staff' | 'provider';
  readonly room: string;
  readonly current: Room;
  /** The page of a person, with why something was not done. */
  readonly refuse: (
    visit: OwnVisit,
    colleague: Colleague,
    why: Exclude<StaffChange, 'done'>,
  ) => Promise<Response>;
  readonly words: (language: Language) => PeopleWords;
};

/** What is said differently of them. */
export type PeopleWords = {
  readonly room: string;
  readonly invited: string;
  readonly leave: {
    readonly title: string;
    readonly heading: (name: string) => string;
    readonly now: string;
    readonly signIn: string;
    readonly kept: string;
    readonly again: string;
    readonly button: string;
    readonly keep: string;
  };
};

/**
 * The person whom the address names.
 * @throws Problem `not-found` for what is nobody's id, and for somebody of the other room
 */
export async function personIn(people: People, { op, params }: OwnVisit): Promise<OwnerId> {
  const id = params['owner'] ?? '';
  if (!isOwnerId(id) || (await kindOfColleague(op, id)) !== people.as)
    throw new Problem('not-found');
  return id;
}
