import { bilingual } from './bilingual.ts';

/** What a customer reads in the app or on the page of a bank, and on the statement. */
export const bankText = bilingual({
  sv: {
    order: (number: string) => `Beställning ${number}`,
    refund: (number: string) => `Återbetalning ${number}`,
  },
  en: {
    order: (number: string) => `Order ${number}`,
    refund: (number: string) => `Refund ${number}`,
  },
});
