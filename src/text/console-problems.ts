import { bilingual } from './bilingual.ts';

/** What staff is told when something went wrong: what it means, and the way on. */
export const consoleProblems = bilingual({
  sv: {
    back: 'Till personalens första sida',
    backToBookings: 'Till dina bokningar',
    number: (id: string) => `Felnummer: ${id}. Uppge det för den som sköter driften.`,
    'not-found': {
      title: 'Sidan finns inte',
      text: 'Det du söker finns inte, är raderat eller hör inte till din behörighet.',
    },
    'not-allowed': {
      title: 'Det tillåts inte',
      text: 'Informationen till kunderna säger inte att din roll får göra det här. Inget har öppnats.',
    },
    fenced: {
      title: 'Kunden raderas',
      text: 'Kontot är stängt och nyckeln är eller blir förstörd. Uppgifterna går inte att öppna.',
    },
    'key-missing': {
      title: 'Kundens nyckel saknas',
      text: 'Uppgifterna går inte att läsa, men kunden är inte raderad: data har gått förlorade. Säg till den som sköter driften nu.',
    },
    'sealed-damaged': {
      title: 'Uppgifterna är skadade',
      text: 'Det som är sparat är inte det som en gång skrevs, och går inte att öppna. Säg till den som sköter driften nu.',
    },
    'store-went-back': {
      title: 'Systemet är stoppat',
      text: 'En databas är äldre än den borde vara. Inget visas förrän den som sköter driften har återställt raderingarna.',
    },
    keyring: {
      title: 'Systemet är stoppat',
      text: 'Nyckelringen går inte att läsa. Säg till den som sköter driften.',
    },
    'no-agreement': {
      title: 'Inget lämnades ut',
      text: 'Mottagaren har inget avtal som gäller i dag.',
    },
    restricted: {
      title: 'Kunden har sagt stopp',
      text: 'Kunden har begränsat eller invänt mot att uppgifterna används för det här. Inget har öppnats.',
    },
    protected: {
      title: 'Den här kunden får bara ett fåtal öppna',
      text: 'Inget har öppnats och inget har skrivits upp. Fråga en administratör om du behöver hjälp med kundens ärende.',
    },
    conflict: {
      title: 'Någon annan hann före',
      text: 'Det du ville ändra har redan ändrats. Öppna sidan igen och se hur det är nu.',
    },
    'too-many': {
      title: 'För många försök',
      text: 'Det har varit för många försök på kort tid. Vänta en kvart och försök igen.',
    },
    'too-large': {
      title: 'Det var för mycket på en gång',
      text: 'Formuläret var större än det kan vara. Korta av texten och försök igen.',
    },
    'bad-input': {
      title: 'Det gick inte att läsa',
      text: 'Det som skickades var inte ett formulär från de här sidorna. Öppna sidan igen och försök på nytt.',
    },
    unavailable: {
      title: 'Det går inte just nu',
      text: 'Systemet hinner inte med eller når inte databasen. Försök igen om en stund.',
    },
    'sign-in-needed': {
      title: 'Logga in för att fortsätta',
      text: 'Du är inte inloggad.',
    },
    'confirmation-needed': {
      title: 'Bekräfta att det är du',
      text: 'Det gick för lång tid, så inget har gjorts. Bekräfta att det är du och gör om det.',
    },
    'cross-site': {
      title: 'Det skickades inte härifrån',
      text: 'Formuläret kom från en annan webbplats, så inget har gjorts. Öppna sidan här och försök igen.',
    },
    unexpected: {
      title: 'Något gick fel hos oss',
      text: 'Inget har sparats till hälften. Försök igen om en stund.',
    },
  },
  en: {
    back: 'To the first staff page',
    backToBookings: 'To your bookings',
    number: (id) => `Error number: ${id}. Give it to whoever runs the system.`,
    'not-found': {
      title: 'There is no such page',
      text: 'What you are looking for does not exist, has been erased or is not for your role.',
    },
    'not-allowed': {
      title: 'That is not allowed',
      text: 'The notice to customers does not say that your role may do this. Nothing has been opened.',
    },
    fenced: {
      title: 'The customer is being erased',
      text: 'The account is closed and its key is or will be destroyed. The data cannot be opened.',
    },
    'key-missing': {
      title: 'The customer’s key is missing',
      text: 'The data cannot be read, yet the customer has not been erased: data has been lost. Tell whoever runs the system now.',
    },
    'sealed-damaged': {
      title: 'The data is damaged',
      text: 'What is stored is not what was once written, and cannot be opened. Tell whoever runs the system now.',
    },
    'store-went-back': {
      title: 'The system has stopped',
      text: 'A database is older than it should be. Nothing is shown until whoever runs the system has repeated the erasures.',
    },
    keyring: {
      title: 'The system has stopped',
      text: 'The keyring cannot be read. Tell whoever runs the system.',
    },
    'no-agreement': {
      title: 'Nothing was handed out',
      text: 'The recipient has no agreement that holds today.',
    },
    restricted: {
      title: 'The customer has said stop',
      text: 'The customer has restricted or objected to the use of the data for this. Nothing has been opened.',
    },
    protected: {
      title: 'Only a few may open this customer',
      text: "Nothing has been opened and nothing written down. Ask an administrator if you need help with the customer's matter.",
    },
    conflict: {
      title: 'Somebody else was first',
      text: 'What you wanted to change has been changed already. Open the page again and see how it is now.',
    },
    'too-many': {
      title: 'Too many attempts',
      text: 'There have been too many attempts in a short time. Wait a quarter of an hour and try again.',
    },
    'too-large': {
      title: 'That was too much at once',
      text: 'The form was larger than it can be. Shorten the text and try again.',
    },
    'bad-input': {
      title: 'It could not be read',
      text: 'What was sent was not a form from these pages. Open the page again and try once more.',
    },
    unavailable: {
      title: 'Not possible right now',
      text: 'The system is too busy or cannot reach its database. Try again in a while.',
    },
    'sign-in-needed': {
      title: 'Sign in to go on',
      text: 'You are not signed in.',
    },
    'confirmation-needed': {
      title: 'Confirm that it is you',
      text: 'Too much time passed, so nothing has been done. Confirm that it is you and do it again.',
    },
    'cross-site': {
      title: 'That was not sent from here',
      text: 'The form came from another site, so nothing has been done. Open the page here and try again.',
    },
    unexpected: {
      title: 'Something went wrong on our side',
      text: 'Nothing has been saved by halves. Try again in a while.',
    },
  },
});
