import { bilingual } from './bilingual.ts';

type Farewell = {
  readonly company: string;
  readonly number: string;
  readonly receiptLink: string;
  readonly proofLink: string | null;
  readonly unconfirmed: number;
};

/** The last letter to somebody who has closed an account. */
export const leavingLetterText = bilingual({
  sv: {
    subject: (company: string) => `Ditt konto hos ${company} är stängt och raderat`,
    text: ({ company, number, receiptLink, proofLink, unconfirmed }: Farewell) =>
      [
        'Hej!',
        `Ditt konto hos ${company} är stängt. Nyckeln till dina uppgifter är förstörd, uppgifterna är borttagna och vi har letat utan att hitta något kvar.`,
        ...(unconfirmed === 0
          ? []
          : [
              unconfirmed === 1
                ? 'En mottagare har inte bekräftat att den har raderat. Kvittot säger vilken.'
                : `${unconfirmed} mottagare har inte bekräftat att de har raderat. Kvittot säger vilka.`,
            ]),
        `Ärendets nummer: ${number}`,
        `Kvittot:\n${receiptLink}`,
        ...(proofLink === null ? [] : [`Köpbeviset som du valde att behålla:\n${proofLink}`]),
        'Spara länkarna. Koden i dem är det enda som leder dit, och vi har den inte.',
        'Det här är det sista mejlet från oss. När det har gått i väg förstör vi adressen, och vi ber den som skickade det åt oss att också radera det. Svara inte: vi kan inte se vem du är.',
        `${company}\n`,
      ].join('\n\n'),
  },
  en: {
    subject: (company) => `Your account with ${company} is closed and erased`,
    text: ({ company, number, receiptLink, proofLink, unconfirmed }) =>
      [
        'Hello,',
        `Your account with ${company} is closed. The key to your data is destroyed, the data is removed, and we have searched and found nothing left.`,
        ...(unconfirmed === 0
          ? []
          : [
              unconfirmed === 1
                ? 'One recipient has not confirmed that it has erased. The receipt says which.'
                : `${unconfirmed} recipients have not confirmed that they have erased. The receipt says which.`,
            ]),
        `The number of the case: ${number}`,
        `The receipt:\n${receiptLink}`,
        ...(proofLink === null
          ? []
          : [`The proof of purchase that you chose to keep:\n${proofLink}`]),
        'Keep the links. The code in them is the only thing that leads there, and we do not have it.',
        'This is the last mail from us. When it has left we destroy the address, and we ask the one who sent it for us to erase it as well. Do not reply: we cannot see who you are.',
        `${company}\n`,
      ].join('\n\n'),
  },
});
