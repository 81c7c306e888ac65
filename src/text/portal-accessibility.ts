import { bilingual } from './bilingual.ts';

type Section = { readonly heading: string; readonly points: readonly string[] };

/** The accessibility statement. It claims only what is checked. */
export const accessibilityText = bilingual({
  sv: {
    title: 'Tillgänglighet',
    lead: (company: string) =>
      `${company} vill att alla ska kunna använda de här sidorna. Målet är standarden WCAG 2.2 på nivå AA.`,
    sections: [
      {
        heading: 'Så fungerar sidorna',
        points: [
          'Allt går att göra med bara tangentbord, och utan skript.',
          'Texten går att förstora till 400 procent och följer enhetens val av ljust eller mörkt.',
          'Fel i formulär står i text bredvid fältet, och det du skrev finns kvar.',
          'Länken ”Hoppa till innehållet” är först på varje sida.',
        ],
      },
      {
        heading: 'Så har vi prövat dem',
        points: [
          'Sidorna granskas med verktyget axe, som hittar en del av felen men inte alla.',
          'Ingen utomstående har granskat dem än, och personer som använder hjälpmedel har inte prövat dem åt oss.',
        ],
      },
    ] as readonly Section[],
    trouble: 'Fungerar något inte för dig?',
    troubleText:
      'Skriv till oss på adressen längst ner på sidan. Berätta vilken sida det gäller och vad du ville göra, så hjälper vi dig och rättar felet.',
  },
  en: {
    title: 'Accessibility',
    lead: (company) =>
      `${company} wants everybody to be able to use these pages. The goal is the standard WCAG 2.2 at level AA.`,
    sections: [
      {
        heading: 'How the pages work',
        points: [
          'Everything can be done with the keyboard alone, and without scripts.',
          'The text can be enlarged to 400 per cent and follows the device’s choice of light or dark.',
          'Errors in forms stand in text beside the field, and what you typed is still there.',
          'The link “Skip to content” comes first on every page.',
        ],
      },
      {
        heading: 'How we have tested them',
        points: [
          'The pages are checked with the tool axe, which finds some of the faults but not all.',
          'Nobody from outside has reviewed them yet, and people who use assistive technology have not tried them for us.',
        ],
      },
    ],
    trouble: 'Is something not working for you?',
    troubleText:
      'Write to us at the address at the foot of the page. Say which page it is and what you wanted to do; we will help you and mend the fault.',
  },
});
