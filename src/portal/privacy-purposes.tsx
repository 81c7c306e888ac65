import type { InsightPurpose } from '../requests/insight.ts';
import type { Language } from '../text/bilingual.ts';
import { privacyText } from '../text/privacy.ts';

/** The purposes under the ground that each rests on, and the interest where that is the ground. */
export function PurposesByGround(props: {
  purposes: readonly InsightPurpose[];
  language: Language;
}) {
  const { purposes, language } = props;
  const { bases } = privacyText[language];
  const grounds = [...new Set(purposes.map(({ basis }) => basis))];
  return (
    <>
      {grounds.map((ground) => (
        <>
          <p>
            <strong>{bases[ground]}</strong>
          </p>
          <ul>
            {purposes
              .filter(({ basis }) => basis === ground)
              .map(({ words, interest }) => (
                <li>
                  {words[language]}
                  {interest !== null && ` (${interest[language]})`}
                </li>
              ))}
          </ul>
        </>
      ))}
    </>
  );
}
