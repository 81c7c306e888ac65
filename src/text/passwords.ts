import { passwordLengthMax, passwordLengthMin } from '../accounts/passwords.ts';
import { bilingual } from './bilingual.ts';

const min = String(passwordLengthMin);
const max = String(passwordLengthMax);

/** What a new password must be, and why one is not taken. Wherever somebody chooses one. */
export const passwordText = bilingual({
  sv: {
    hint: `Minst ${min} tecken. Gärna flera ord efter varandra; mellanslag går bra.`,
    faults: {
      'too-short': `Lösenordet är för kort. Välj minst ${min} tecken, till exempel tre eller fyra ord efter varandra.`,
      'too-long': `Lösenordet är för långt. Det kan ha högst ${max} tecken.`,
      'too-simple':
        'Lösenordet upprepar sig, och det är som ett kortare lösenord. Välj ett som inte gör det.',
      'in-order':
        'Tecknen följer varandra i alfabetet, i talraden eller på tangentbordet. Sådant gissas först. Välj något annat.',
      'about-you':
        'Lösenordet består av ditt namn, din e-postadress eller vårt namn. Det gissar andra lätt. Välj något annat.',
      common:
        'Det här lösenordet är vanligt, eller ett enda vanligt ord med några tecken till. Lägg till fler ord.',
      breached:
        'Det här lösenordet finns i en lista över lösenord som har läckt, kanske från någon annans konto. Välj ett annat.',
    },
  },
  en: {
    hint: `At least ${min} characters. Several words in a row are fine, spaces too.`,
    faults: {
      'too-short': `The password is too short. Choose at least ${min} characters, such as three or four words in a row.`,
      'too-long': `The password is too long. It can have ${max} characters at most.`,
      'too-simple':
        'The password repeats itself, which makes it like a shorter one. Choose one that does not.',
      'in-order':
        'The characters follow each other in the alphabet, in counting or on the keyboard. Such passwords are guessed first. Choose something else.',
      'about-you':
        'The password is made of your name, your e-mail address or our name. Others guess that easily. Choose something else.',
      common:
        'This password is a common one, or a single common word with a few more characters. Add more words.',
      breached:
        "This password is in a list of passwords that have leaked, perhaps from somebody else's account. Choose another one.",
    },
  },
});
