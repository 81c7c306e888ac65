import type { ReceiptFault } from '../ledger/verify-receipt.ts';
import { bilingual } from './bilingual.ts';

/** The page where anybody checks a receipt. */
export const verifyText = bilingual({
  sv: {
    title: 'Pröva ett kvitto',
    lead: 'Här ser du om ett kvitto på radering är äkta. Du behöver inget konto, och inget av det du lämnar här sparas.',
    file: 'Kvittot som fil',
    fileHint: 'PDF-filen eller JSON-filen som du laddade ner. Högst 1 MB.',
    text: 'Eller klistra in texten ur JSON-filen',
    submit: 'Pröva kvittot',
    errorTitle: 'Kvittot kunde inte läsas',
    errors: {
      missing: 'Välj en fil eller klistra in texten.',
      'too-large':
        'Filen är för stor för att vara ett kvitto. Välj filen som du laddade ner hos oss.',
      'no-receipt-in-pdf':
        'Den här PDF-filen har inget kvitto i sig. Den kan ha sparats om av ett annat program; använd filen som du laddade ner, eller JSON-filen.',
      'not-a-receipt': 'Det här är inget kvitto från oss. Välj filen som du laddade ner.',
    },
    genuine: 'Kvittot är äkta',
    genuineText: (fenced: string) =>
      `Nyckeln till uppgifterna förstördes ${fenced}, och inget i kvittot har ändrats sedan det signerades.`,
    notOurs: 'Kvittot hänger ihop, men är inte signerat av oss',
    notOursText:
      'Det är signerat med en annan nyckel än vår. Det kan vara ett annat företags kvitto, eller något som någon har gjort själv.',
    sandbox: 'Ett kvitto från provmiljön',
    sandboxText:
      'Det är signerat med en provnyckel. Det visar hur kvitton fungerar och inget annat.',
    notGenuine: 'Kvittot är inte äkta',
    faults: {
      'not-a-receipt': 'Det är inget kvitto.',
      'key-malformed': 'Nyckeln i det går inte att läsa.',
      'other-key': 'Det är signerat med en annan nyckel.',
      'wrong-entries': 'Raderna ur loggen är av fel slag.',
      'text-changed': 'Texten är inte den som signerades. Något har ändrats.',
      'wrong-order': 'Det säger att nyckeln förstördes efter att det signerades.',
      'sandbox-unclear': 'Det säger emot sig självt om det kommer från en provmiljö.',
      'not-in-log':
        'En rad finns inte i den signerade loggen, eller så stämmer inte underskriften.',
      'other-entry': 'Raden i loggen är inte den som kvittot pekar på.',
    } satisfies Record<ReceiptFault, string>,
    checked: 'Det här prövade vi',
    hash: 'Textens kontrollvärde',
    hashText: 'Det står i loggen.',
    inclusion: 'Plats i loggen',
    inclusionText: (size: string) => `Båda raderna finns i en logg med ${size} rader.`,
    signature: 'Underskrift',
    signatureText: 'Loggen är signerad med nyckeln här under.',
    key: 'Nyckeln',
    keyOurs: 'Den är vår.',
    keySandbox: 'Den är en provnyckel.',
    keyOther: 'Den är inte vår.',
    fenced: 'Nyckeln till uppgifterna förstördes',
    stated: 'Kvittot signerades',
    offline: 'Pröva utan oss',
    offlineText:
      'Du behöver inte lita på den här sidan. Kommandot gör samma prövning på en egen dator som har programmet Varsam, utan nät:',
    command: 'Kommandot',
    copy: 'Kopiera',
    copied: 'Kopierad',
    ourKey: 'Vår nyckel, att jämföra med',
    again: 'Pröva ett annat kvitto',
  },
  en: {
    title: 'Check a receipt',
    lead: 'Here you see whether an erasure receipt is genuine. You need no account, and nothing of what you hand in here is stored.',
    file: 'The receipt as a file',
    fileHint: 'The PDF or the JSON file that you downloaded. 1 MB at most.',
    text: 'Or paste the text of the JSON file',
    submit: 'Check the receipt',
    errorTitle: 'The receipt could not be read',
    errors: {
      missing: 'Choose a file or paste the text.',
      'too-large':
        'The file is too large to be a receipt. Choose the file that you downloaded here.',
      'no-receipt-in-pdf':
        'This PDF has no receipt in it. Another program may have saved it anew; use the file that you downloaded, or the JSON file.',
      'not-a-receipt': 'This is not a receipt of ours. Choose the file that you downloaded.',
    },
    genuine: 'The receipt is genuine',
    genuineText: (fenced) =>
      `The key to the data was destroyed ${fenced}, and nothing in the receipt has changed since it was signed.`,
    notOurs: 'The receipt holds together, but we did not sign it',
    notOursText:
      "It is signed with another key than ours. It may be another company's receipt, or something that somebody made himself.",
    sandbox: 'A receipt from the sandbox',
    sandboxText:
      'It is signed with a key for trying things out. It shows how receipts work and nothing else.',
    notGenuine: 'The receipt is not genuine',
    faults: {
      'not-a-receipt': 'It is not a receipt.',
      'key-malformed': 'The key in it cannot be read.',
      'other-key': 'It is signed with another key.',
      'wrong-entries': 'The lines of the log are of the wrong kind.',
      'text-changed': 'The text is not the one that was signed. Something has been changed.',
      'wrong-order': 'It says that the key was destroyed after it was signed.',
      'sandbox-unclear': 'It contradicts itself on whether it comes from a sandbox.',
      'not-in-log': 'A line is not in the signed log, or the signature is not right.',
      'other-entry': 'The line in the log is not the one that the receipt points to.',
    },
    checked: 'What we checked',
    hash: 'Check value of the text',
    hashText: 'It stands in the log.',
    inclusion: 'Place in the log',
    inclusionText: (size) => `Both lines stand in a log of ${size} lines.`,
    signature: 'Signature',
    signatureText: 'The log is signed with the key below.',
    key: 'The key',
    keyOurs: 'It is ours.',
    keySandbox: 'It is a key for trying things out.',
    keyOther: 'It is not ours.',
    fenced: 'The key to the data was destroyed',
    stated: 'The receipt was signed',
    offline: 'Check without us',
    offlineText:
      'You need not trust this page. The command makes the same check on a computer of your own that has the program Varsam, without a network:',
    command: 'The command',
    copy: 'Copy',
    copied: 'Copied',
    ourKey: 'Our key, to compare with',
    again: 'Check another receipt',
  },
});
