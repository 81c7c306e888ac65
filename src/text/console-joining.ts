import { bilingual } from './bilingual.ts';
import { passwordText } from './passwords.ts';

/** The words of the page on which somebody who is invited chooses how to sign in. */
export const joiningText = bilingual({
  sv: {
    title: 'Välj hur du loggar in',
    errorTitle: 'Rätta det här för att fortsätta',
    lead: (name: string, role: string, company: string) =>
      `Hej ${name}. Du är inbjuden till personalens sidor hos ${company}. Din behörighet: ${role}.`,
    providerLead: (name: string, company: string) =>
      `Hej ${name}. Här ser du de bokningar som du utför för ${company}.`,
    resetLead: (name: string) =>
      `Hej ${name}. Din inloggning är nollställd. Välj en ny, så är du inne igen.`,
    either: 'Välj ett av två sätt. Du kan lägga till det andra efteråt.',
    passkey: 'Med en passkey',
    passkeyText:
      'Din telefon eller dator känner igen dig på fingret, ansiktet eller en pinkod. Inget att komma ihåg, och inget att lura av dig.',
    passkeyButton: 'Skapa en passkey',
    passkeyNeedsScript: 'En passkey behöver JavaScript, som är avstängt i din webbläsare.',
    passkeyWrong:
      'Det blev ingen passkey. Försök igen, eller välj lösenord och engångskod här nedanför.',
    codes: 'Med lösenord och engångskod',
    email: 'E-postadress',
    emailHint: 'Den du loggar in med.',
    password: 'Lösenord',
    passwordHint: passwordText.sv.hint,
    showPassword: 'Visa lösenordet',
    hidePassword: 'Dölj lösenordet',
    app: 'Lägg till oss i din autentiseringsapp',
    appText: 'Läs av bilden med din autentiseringsapp, eller skriv in nyckeln för hand.',
    picture: 'QR-kod med nyckeln till engångskoderna',
    key: 'Nyckel',
    copy: 'Kopiera nyckeln',
    copied: 'Nyckeln är kopierad',
    code: 'Engångskod',
    codeHint: 'De sex siffrorna som appen visar nu.',
    button: 'Spara och logga in',
    faults: {
      password: {
        missing: 'Välj ett lösenord.',
        ...passwordText.sv.faults,
      },
      code: {
        missing: 'Skriv koden som appen visar.',
        wrong:
          'Koden stämmer inte. Vänta på nästa kod och skriv den. Kontrollera annars att telefonens klocka går rätt.',
      },
    },
    tooMany: 'Det har varit för många försök. Vänta en kvart och försök igen.',
    over: {
      title: 'Länken fungerar inte längre',
      text: 'Den är använd, ersatt av en nyare eller äldre än två dygn. Be en administratör om en ny.',
      signIn: 'Logga in',
    },
  },
  en: {
    title: 'Choose how you sign in',
    errorTitle: 'Correct this to go on',
    lead: (name, role, company) =>
      `Hello ${name}. You are invited to the staff pages of ${company}. Your role: ${role}.`,
    providerLead: (name, company) =>
      `Hello ${name}. This is where you see the bookings that you perform for ${company}.`,
    resetLead: (name) =>
      `Hello ${name}. Your sign-in has been reset. Choose a new one and you are back in.`,
    either: 'Choose one of two ways. You can add the other one afterwards.',
    passkey: 'With a passkey',
    passkeyText:
      'Your phone or computer knows you by finger, face or PIN. Nothing to remember, and nothing to be tricked out of.',
    passkeyButton: 'Create a passkey',
    passkeyNeedsScript: 'A passkey needs JavaScript, which is turned off in your browser.',
    passkeyWrong: 'No passkey was made. Try again, or choose a password and one-time codes below.',
    codes: 'With a password and one-time codes',
    email: 'E-mail address',
    emailHint: 'The one you sign in with.',
    password: 'Password',
    passwordHint: passwordText.en.hint,
    showPassword: 'Show password',
    hidePassword: 'Hide password',
    app: 'Add us to your authenticator app',
    appText: 'Scan the picture with your authenticator app, or enter the key by hand.',
    picture: 'QR code with the key for one-time codes',
    key: 'Key',
    copy: 'Copy the key',
    copied: 'The key is copied',
    code: 'One-time code',
    codeHint: 'The six digits that the app shows now.',
    button: 'Save and sign in',
    faults: {
      password: {
        missing: 'Choose a password.',
        ...passwordText.en.faults,
      },
      code: {
        missing: 'Enter the code that the app shows.',
        wrong:
          'The code is not right. Wait for the next one and enter it. Otherwise see that the phone’s clock is right.',
      },
    },
    tooMany: 'There have been too many attempts. Wait a quarter of an hour and try again.',
    over: {
      title: 'The link no longer works',
      text: 'It has been used, replaced by a newer one, or is older than two days. Ask an administrator for a new one.',
      signIn: 'Sign in',
    },
  },
});
