import { intakeFields } from '../policy/intake.ts';
import type { IntakeField } from '../policy/intake.ts';

/** What somebody answered to the questions of an item; null where it was not asked or not answered. */
export type Answers = Readonly<Record<IntakeField, string | null>>;

export const noAnswers = Object.fromEntries(intakeFields.map((field) => [field, null])) as Answers;
