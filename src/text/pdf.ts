import { bilingual } from './bilingual.ts';

/** What stands in every PDF whatever it is about. */
export const pdfText = bilingual({
  sv: {
    page: (number: string, of: string) => `${number} av ${of}`,
    numbered:
      'Skrivtecken som typsnittet i den här filen saknar står som sitt nummer i Unicode, till exempel [U+5F20]. Kopierar du texten, eller läser den med skärmläsare, får du de riktiga tecknen.',
  },
  en: {
    page: (number, of) => `${number} of ${of}`,
    numbered:
      'Characters that the typeface in this file lacks are written as their number in Unicode, for example [U+5F20]. If you copy the text, or read it with a screen reader, you get the real characters.',
  },
});
