import { recoveryMinutes } from '../accounts/recovery.ts';
import { undoDays } from '../accounts/undo-address-change.ts';
import { bilingual } from './bilingual.ts';
import { passwordText } from './passwords.ts';

const minutes = String(recoveryMinutes);
const days = String(undoDays);

/** Getting back into an account, and changing password, e-mail address and name. */
export const portalAccessText = bilingual({
  sv: {
    cookiesOff: {
      title: 'Din webbläsare tar inte emot kakor',
      lead: 'Allt stämde, men utan en kaka kan vi inte minnas att du är inloggad.',
      how: 'Tillåt kakor för den här webbplatsen i webbläsarens inställningar och logga in igen. Vi använder bara kakor som behövs för det du ber om.',
      again: 'Logga in igen',
      which: 'Se vilka kakor det är',
    },
    signIn: {
      forgotten: 'Glömt lösenordet?',
      waitTitle: 'Vänta en stund',
      waitText:
        'Det har varit för många försök. Vänta en stund och försök igen, högst en kvart. Du kan också välja ett nytt lösenord direkt.',
    },
    recover: {
      title: 'Glömt lösenordet?',
      lead: 'Skriv din e-postadress, så mejlar vi en länk där du väljer ett nytt lösenord.',
      email: 'E-postadress',
      submit: 'Mejla mig länken',
      passkey: 'Har du en passkey? Då behöver du inget lösenord.',
      signIn: 'Till inloggningen',
    },
    sent: {
      title: 'Titta i din e-post',
      lead: 'Vi skriver till adressen du angav. Har den ett konto finns det en länk i mejlet.',
      lasts: `Länken fungerar i ${minutes} minuter och en gång. Innan du har använt den ändras inget.`,
      missing: 'Har mejlet inte kommit efter några minuter?',
      tips: [
        'Titta i skräpposten.',
        'Kontrollera att adressen blev rätt. Du kan alltid börja om.',
      ] as readonly string[],
      again: 'Skriv adressen igen',
    },
    reset: {
      title: 'Välj ett nytt lösenord',
      lead: 'När du har valt ett nytt lösenord loggas alla dina enheter ut. Sedan loggar du in med det nya.',
      leadCode:
        'Ditt konto har tvåstegsverifiering. Därför behövs också en kod. När du har valt ett nytt lösenord loggas alla dina enheter ut.',
      email: 'E-postadress',
      password: 'Nytt lösenord',
      code: 'Kod från appen, eller en reservkod',
      codeHint:
        'Sex siffror från din autentiseringsapp, eller en av de reservkoder som du har sparat.',
      submit: 'Spara lösenordet',
      wrongCode:
        'Koden stämmer inte, eller är redan använd. Vänta på nästa kod i appen och försök igen.',
      overTitle: 'Länken gäller inte längre',
      overText: `En länk fungerar i ${minutes} minuter och en gång. Du kan få en ny.`,
      newLink: 'Få en ny länk',
      signIn: 'Logga in',
      doneTitle: 'Lösenordet är ändrat',
      doneText: 'Alla enheter är utloggade. Logga in med det nya lösenordet.',
    },
    password: {
      title: 'Ändra lösenord',
      lead: 'Det nya lösenordet gäller direkt. Vi mejlar dig att det är ändrat.',
      email: 'E-postadress',
      password: 'Nytt lösenord',
      endOthers: 'Logga ut alla andra enheter',
      endOthersHint: 'Bra om någon annan kan ha känt till det gamla lösenordet.',
      submit: 'Ändra lösenordet',
    },
    email: {
      title: 'Byt e-postadress',
      lead: 'Vi mejlar en länk till den nya adressen. Innan du har öppnat den och bekräftat ändras inget.',
      current: 'Adress nu',
      email: 'Ny e-postadress',
      submit: 'Mejla en länk till den nya adressen',
      sentTitle: 'Titta i den nya inkorgen',
      sentLead: 'Vi skriver till den nya adressen. Öppna länken i mejlet för att bekräfta bytet.',
      sentLasts: 'Länken fungerar i ett dygn och en gång, där du är inloggad på ditt konto.',
    },
    confirmEmail: {
      title: 'Bekräfta bytet av e-postadress',
      lead: 'Så här blir det när du bekräftar:',
      from: 'Adress nu',
      to: 'Ny adress',
      afterwards: `Sedan loggar du in med den nya adressen. Vi skriver till den gamla att adressen är bytt, och därifrån kan bytet ångras i ${days} dagar av den som kan lösenordet.`,
      submit: 'Byt adress',
      keep: 'Behåll adressen',
      overTitle: 'Länken gäller inte längre',
      overText:
        'En länk fungerar i ett dygn, en gång, och bara för det konto som bad om den. Du kan få en ny länk.',
      newLink: 'Få en ny länk',
    },
    undoEmail: {
      title: 'Ångra bytet av e-postadress',
      lead: (email: string) => `Kontot får tillbaka adressen ${email}.`,
      also: 'Samtidigt loggas alla enheter ut, alla passkeys och reservkoder tas bort, och du väljer ett nytt lösenord. Du behöver lösenordet som kontot har nu, så att ingen annan kan ta över kontot med det här mejlet.',
      contact:
        'Fungerar inte ditt lösenord, eller har du inget? Då kan någon ha ändrat det. Skriv till oss på adressen längst ner på sidan, så hjälper vi dig när vi vet vem du är.',
      password: 'Lösenordet som kontot har nu',
      newPassword: 'Nytt lösenord',
      submit: 'Ångra bytet',
      wrong: 'Lösenordet stämmer inte.',
      taken:
        'Adressen har nu ett eget konto, och därför kan bytet inte ångras här. Skriv till oss på adressen längst ner på sidan.',
      overTitle: 'Länken gäller inte längre',
      overText: `Ett byte av e-postadress kan ångras i ${days} dagar och en gång.`,
      doneTitle: 'Bytet är ångrat',
      doneText: 'Kontot har den tidigare adressen igen. Logga in med den och det nya lösenordet.',
      signIn: 'Logga in',
    },
    name: {
      title: 'Ändra namn',
      lead: 'Namnet står på dina nya beställningar. Tidigare beställningar ändras inte.',
      name: 'Namn',
      submit: 'Spara namnet',
    },
    changed: {
      back: 'Tillbaka till inställningarna',
      password: 'Lösenordet är ändrat',
      passwordText: 'Nästa gång loggar du in med det nya lösenordet.',
      email: 'E-postadressen är bytt',
      emailText: 'Nästa gång loggar du in med den nya adressen.',
      name: 'Namnet är sparat',
      nameText: 'Det står på dina nya beställningar.',
    },
    faults: {
      email: { same: 'Det är adressen som kontot har redan. Skriv en annan.' },
      newPassword: {
        missing: 'Välj ett nytt lösenord.',
        same: 'Det är det gamla lösenordet. Välj ett nytt.',
        ...passwordText.sv.faults,
      },
      code: { missing: 'Skriv koden.' },
    },
  },
  en: {
    cookiesOff: {
      title: 'Your browser takes no cookies',
      lead: 'All was right, but without a cookie we cannot remember that you are signed in.',
      how: "Allow cookies for this site in the browser's settings and sign in again. We only use cookies that are needed for what you ask for.",
      again: 'Sign in again',
      which: 'See which cookies they are',
    },
    signIn: {
      forgotten: 'Forgot your password?',
      waitTitle: 'Wait a moment',
      waitText:
        'There have been too many attempts. Wait a while and try again, a quarter of an hour at most. You can also choose a new password right away.',
    },
    recover: {
      title: 'Forgot your password?',
      lead: 'Enter your e-mail address, and we will e-mail a link where you choose a new password.',
      email: 'E-mail address',
      submit: 'E-mail me the link',
      passkey: 'Do you have a passkey? Then you need no password.',
      signIn: 'To signing in',
    },
    sent: {
      title: 'Check your e-mail',
      lead: 'We are writing to the address that you gave. If it has an account there is a link in the message.',
      lasts: `The link works for ${minutes} minutes and once. Nothing changes until you have used it.`,
      missing: 'Has the message not arrived after a few minutes?',
      tips: [
        'Look among the junk mail.',
        'Check that you gave the right address. You can always start again.',
      ],
      again: 'Enter the address again',
    },
    reset: {
      title: 'Choose a new password',
      lead: 'When you have chosen a new password all your devices are signed out. Then you sign in with the new one.',
      leadCode:
        'Your account has two-step verification, so a code is needed as well. When you have chosen a new password all your devices are signed out.',
      email: 'E-mail address',
      password: 'New password',
      code: 'Code from the app, or a recovery code',
      codeHint:
        'Six digits from your authenticator app, or one of the recovery codes that you have kept.',
      submit: 'Save the password',
      wrongCode:
        'The code is wrong, or has been used. Wait for the next code in the app and try again.',
      overTitle: 'The link is no longer valid',
      overText: `A link works for ${minutes} minutes and once. You can get a new one.`,
      newLink: 'Get a new link',
      signIn: 'Sign in',
      doneTitle: 'The password has been changed',
      doneText: 'All devices are signed out. Sign in with the new password.',
    },
    password: {
      title: 'Change password',
      lead: 'The new password works at once. We e-mail you that it has been changed.',
      email: 'E-mail address',
      password: 'New password',
      endOthers: 'Sign out all other devices',
      endOthersHint: 'Good if somebody else may have known the old password.',
      submit: 'Change the password',
    },
    email: {
      title: 'Change e-mail address',
      lead: 'We e-mail a link to the new address. Nothing changes until you have opened it and confirmed.',
      current: 'Address now',
      email: 'New e-mail address',
      submit: 'E-mail a link to the new address',
      sentTitle: 'Look in the new inbox',
      sentLead:
        'We are writing to the new address. Open the link in the message to confirm the change.',
      sentLasts: 'The link works for one day and once, where you are signed in to your account.',
    },
    confirmEmail: {
      title: 'Confirm the change of e-mail address',
      lead: 'This is how it will be when you confirm:',
      from: 'Address now',
      to: 'New address',
      afterwards: `Then you sign in with the new address. We write to the old one that the address has been changed, and from there the change can be undone for ${days} days by somebody who knows the password.`,
      submit: 'Change address',
      keep: 'Keep the address',
      overTitle: 'The link is no longer valid',
      overText:
        'A link works for one day, once, and only for the account that asked for it. You can get a new link.',
      newLink: 'Get a new link',
    },
    undoEmail: {
      title: 'Undo the change of e-mail address',
      lead: (email) => `The account gets back the address ${email}.`,
      also: 'At the same time all devices are signed out, all passkeys and recovery codes are removed, and you choose a new password. You need the password that the account has now, so that nobody else can take the account over with this message.',
      contact:
        'Does your password not work, or do you have none? Then somebody may have changed it. Write to us at the address at the foot of the page, and we help you when we know who you are.',
      password: 'The password that the account has now',
      newPassword: 'New password',
      submit: 'Undo the change',
      wrong: 'The password is wrong.',
      taken:
        'The address has an account of its own now, and so the change cannot be undone here. Write to us at the address at the foot of the page.',
      overTitle: 'The link is no longer valid',
      overText: `A change of e-mail address can be undone for ${days} days and once.`,
      doneTitle: 'The change has been undone',
      doneText: 'The account has its former address again. Sign in with it and the new password.',
      signIn: 'Sign in',
    },
    name: {
      title: 'Change name',
      lead: 'The name stands on your new orders. Earlier orders do not change.',
      name: 'Name',
      submit: 'Save the name',
    },
    changed: {
      back: 'Back to settings',
      password: 'The password has been changed',
      passwordText: 'Next time you sign in with the new password.',
      email: 'The e-mail address has been changed',
      emailText: 'Next time you sign in with the new address.',
      name: 'The name has been saved',
      nameText: 'It stands on your new orders.',
    },
    faults: {
      email: { same: 'That is the address that the account has already. Enter another one.' },
      newPassword: {
        missing: 'Choose a new password.',
        same: 'That is the old password. Choose a new one.',
        ...passwordText.en.faults,
      },
      code: { missing: 'Enter the code.' },
    },
  },
});
