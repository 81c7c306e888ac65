import { ownPath, seeOther } from '../http/answers.ts';
import type { Visit } from '../http/route.ts';
import { Problem } from '../problem.ts';
import { isLanguage } from '../text/bilingual.ts';

/** Remembers the chosen language and shows the same page in it. The only place that sets this cookie. */
export function chooseLanguage(visit: Visit): Response {
  const language = visit.form.get('language');
  if (!isLanguage(language)) throw new Problem('bad-input', 'not one of our languages');
  visit.setCookie('__Host-language', language);
  return seeOther(ownPath(visit.form.get('return') ?? '/'));
}
