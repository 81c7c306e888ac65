import { bilingual } from './bilingual.ts';

/** What went wrong, and the way on, for customers. */
export const portalProblemsText = bilingual({
  sv: {
    'not-found': {
      title: 'Sidan finns inte',
      text: 'Den kan ha flyttats, eller så blev adressen fel.',
    },
    'not-allowed': {
      title: 'Det här går inte att visa',
      text: 'Så som vi har lovat att hantera uppgifter får vi inte öppna det här.',
    },
    fenced: {
      title: 'Kontot är stängt',
      text: 'Uppgifterna är raderade, eller håller på att raderas. Med koden från ditt kvitto ser du hur det har gått.',
    },
    'key-missing': {
      title: 'Dina uppgifter går inte att läsa just nu',
      text: 'Felet ligger hos oss, och vi har fått veta det. Försök igen senare.',
    },
    'sealed-damaged': {
      title: 'En uppgift går inte att läsa',
      text: 'Felet ligger hos oss, och vi har fått veta det. Försök igen senare.',
    },
    unavailable: {
      title: 'Vi hinner inte med just nu',
      text: 'Inget av det du gjorde är förlorat hos oss. Försök igen om en stund.',
    },
    'no-agreement': {
      title: 'Det här får vi inte skicka vidare just nu',
      text: 'Vi lämnar inte ut dina uppgifter utan giltigt avtal med den som ska få dem. Ditt ärende ligger kvar.',
    },
    restricted: {
      title: 'Uppgifterna är begränsade',
      text: 'Du har bett oss att inte använda dem till det här, så vi lät bli.',
    },
    protected: {
      title: 'Det här får bara ett fåtal öppna',
      text: 'Inget har öppnats.',
    },
    conflict: {
      title: 'Det här är redan gjort',
      text: 'Någon, troligen du, hann före. Gå tillbaka och se hur det ser ut nu.',
    },
    'too-many': {
      title: 'För många försök',
      text: 'För att skydda kontona tar vi bara emot ett visst antal försök. Vänta en kvart och försök igen.',
    },
    'too-large': {
      title: 'Det blev för mycket',
      text: 'Formuläret innehöll mer än vi kan ta emot. Gå tillbaka och korta texten.',
    },
    'bad-input': {
      title: 'Vi förstod inte det som skickades',
      text: 'Gå tillbaka till sidan, ladda om den och försök igen.',
    },
    'confirmation-needed': {
      title: 'Bekräfta att det är du',
      text: 'Det gick för lång tid, så inget har gjorts. Bekräfta att det är du och gör om det.',
    },
    'cross-site': {
      title: 'Vi stoppade ett formulär från en annan webbplats',
      text: 'Inget har ändrats. Öppna sidan här hos oss och försök igen.',
    },
    'sign-in-needed': {
      title: 'Du är inte inloggad längre',
      text: 'Det du skickade togs inte emot. Logga in och gör om det, så går det bra.',
    },
    unexpected: {
      title: 'Något gick fel hos oss',
      text: 'Det var inte ditt fel. Försök igen om en stund.',
    },
    code: (id: string) => `Hör du av dig om det här, ange gärna koden ${id}.`,
    ways: {
      start: 'Till startsidan',
      signIn: 'Logga in',
      confirm: 'Bekräfta att det är du',
      back: 'Till sidan du kom från',
      receipt: 'Se ditt kvitto',
      overview: 'Till din översikt',
    },
  },
  en: {
    'not-found': {
      title: 'There is no such page',
      text: 'It may have moved, or the address is wrong.',
    },
    'not-allowed': {
      title: 'This cannot be shown',
      text: 'As we have promised to handle data, we may not open this.',
    },
    fenced: {
      title: 'The account is closed',
      text: 'The data is erased or being erased. With the code from your receipt you see how it went.',
    },
    'key-missing': {
      title: 'Your data cannot be read at the moment',
      text: 'The fault is ours, and we have been told of it. Try again later.',
    },
    'sealed-damaged': {
      title: 'Some data cannot be read',
      text: 'The fault is ours, and we have been told of it. Try again later.',
    },
    unavailable: {
      title: 'We cannot keep up at the moment',
      text: 'Nothing that you have done is lost with us. Try again in a while.',
    },
    'no-agreement': {
      title: 'We may not pass this on at the moment',
      text: 'We do not hand out your data without a valid agreement with whoever is to have it. Your matter stays with us.',
    },
    restricted: {
      title: 'The data is restricted',
      text: 'You have asked us not to use it for this, so we did not.',
    },
    protected: {
      title: 'Only a few may open this',
      text: 'Nothing has been opened.',
    },
    conflict: {
      title: 'This has been done already',
      text: 'Somebody, probably you, was quicker. Go back and see how things are now.',
    },
    'too-many': {
      title: 'Too many attempts',
      text: 'To protect the accounts we accept only so many attempts. Wait a quarter of an hour and try again.',
    },
    'too-large': {
      title: 'That was too much',
      text: 'The form held more than we can receive. Go back and shorten the text.',
    },
    'bad-input': {
      title: 'We did not understand what was sent',
      text: 'Go back to the page, reload it and try again.',
    },
    'confirmation-needed': {
      title: 'Confirm that it is you',
      text: 'Too much time passed, so nothing has been done. Confirm that it is you and do it again.',
    },
    'cross-site': {
      title: 'We stopped a form from another site',
      text: 'Nothing has changed. Open the page here with us and try again.',
    },
    'sign-in-needed': {
      title: 'You are no longer signed in',
      text: 'What you sent was not received. Sign in and do it again, and it will work.',
    },
    unexpected: {
      title: 'Something went wrong on our side',
      text: 'It was not your fault. Try again in a while.',
    },
    code: (id) => `If you contact us about this, please give the code ${id}.`,
    ways: {
      start: 'To the start page',
      signIn: 'Sign in',
      confirm: 'Confirm that it is you',
      back: 'To the page that you came from',
      receipt: 'See your receipt',
      overview: 'To your overview',
    },
  },
});
