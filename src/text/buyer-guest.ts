import { bilingual } from './bilingual.ts';

/** Orders without an account, and the way to withdraw that is on every page. */
export const buyerGuestText = bilingual({
  sv: {
    title: 'Beställning utan konto',
    lead: 'Öppna länken i bekräftelsen som vi mejlade. Du kan också klistra in den här.',
    code: 'Länken eller koden i mejlet',
    codeHint: 'Koden har 86 tecken och är slutet på länken.',
    missing: 'Klistra in länken eller koden.',
    wrong:
      'Det leder inte till någon beställning. Se efter att hela länken är med. Beställningen kan också vara borttagen eller för gammal.',
    faultsTitle: 'Beställningen hittades inte',
    show: 'Visa beställningen',
    lost: 'Har du inte kvar mejlet?',
    lostText:
      'Skriv till oss med beställningsnumret, från samma e-postadress som du beställde med. Numret ensamt räcker inte: vi måste veta att beställningen är din.',
    account: 'Beställde du med konto?',
    signIn: 'Logga in',
    claim: {
      title: 'Ta med beställningen till ditt konto',
      lead: 'Då finns den i din historik bland allt annat du har beställt, och den raderas med kontot när du stänger det.',
      same: 'Det går när kontot har samma e-postadress som du beställde med. Länken i mejlet leder sedan till kontot, och där loggar du in för att se beställningen.',
      yes: 'Ta med till mitt konto',
      keep: 'Låt den vara',
      otherTitle: 'Beställningen gjordes med en annan e-postadress',
      otherText:
        'Vi kan bara ta med den till ett konto med samma adress som du beställde med. Byt adress i inställningarna om du vill, eller behåll länken i mejlet: den fungerar som förut.',
      settings: 'Byt e-postadress',
      back: 'Till beställningen',
      done: 'Beställningen finns nu i ditt konto',
      doneText: 'Länken i mejlet leder hit, men bara för dig som är inloggad.',
    },
    withdraw: {
      title: 'Ångra köpet här',
      lead: 'Du ångrar på beställningens sida. Där finns knappen så länge ångerrätten gäller, och du behöver inte säga varför.',
      account: 'Jag beställde med konto',
      accountText: 'Logga in, välj beställningen i historiken och sedan Ångra köpet här.',
      history: 'Till historiken',
      guest: 'Jag beställde utan konto',
      guestText: 'Öppna länken i bekräftelsen, eller klistra in den. Du behöver inte logga in.',
      paper: 'Jag vill hellre skriva',
      paperText: 'Det går lika bra att skriva till oss, med standardblanketten eller fritt.',
      form: 'Standardblankett',
    },
  },
  en: {
    title: 'Order without an account',
    lead: 'Open the link in the confirmation that we e-mailed. You can also paste it here.',
    code: 'The link or the code in the mail',
    codeHint: 'The code has 86 characters and is the end of the link.',
    missing: 'Paste the link or the code.',
    wrong:
      'It does not lead to an order. Check that the whole link is there. The order may also have been removed, or be too old.',
    faultsTitle: 'The order was not found',
    show: 'Show the order',
    lost: 'Do you not have the mail any more?',
    lostText:
      'Write to us with the order number, from the address that you ordered with. The number alone is not enough: we must know that the order is yours.',
    account: 'Did you order with an account?',
    signIn: 'Sign in',
    claim: {
      title: 'Take the order into your account',
      lead: 'Then it is in your history with everything else that you have ordered, and it is erased with the account when you close that.',
      same: 'It works when the account has the address that you ordered with. The link in the mail then leads to the account, where you sign in to see the order.',
      yes: 'Take it into my account',
      keep: 'Leave it',
      otherTitle: 'The order was placed with another e-mail address',
      otherText:
        'We can only take it into an account with the address that you ordered with. Change the address in the settings if you like, or keep the link in the mail: it works as before.',
      settings: 'Change the e-mail address',
      back: 'To the order',
      done: 'The order is in your account now',
      doneText: 'The link in the mail leads here, but only for you who are signed in.',
    },
    withdraw: {
      title: 'Withdraw from the purchase here',
      lead: 'You withdraw on the page of the order. The button is there for as long as the right holds, and you need not say why.',
      account: 'I ordered with an account',
      accountText:
        'Sign in, choose the order in the history and then Withdraw from the purchase here.',
      history: 'To the history',
      guest: 'I ordered without an account',
      guestText: 'Open the link in the confirmation, or paste it. You need not sign in.',
      paper: 'I would rather write',
      paperText: 'Writing to us is just as good, with the standard form or in your own words.',
      form: 'Standard form',
    },
  },
});
