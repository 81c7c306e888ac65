import { bilingual } from './bilingual.ts';

/** What holds for each thing that is ordered: where, until when it can be cancelled, and the right of withdrawal. */
export const shopRulesText = bilingual({
  sv: {
    where: {
      digital: 'Levereras digitalt, till din e-postadress.',
      shipped: (days: number) => `Skickas hem till dig, och är framme senast inom ${days} dagar.`,
      'pick-up': (address: string) => `Hämtas hos oss: ${address}.`,
      'on-site': (address: string) => `Hos oss: ${address}.`,
      'at-customer': 'Hemma hos dig, på adressen som du anger.',
    },
    cancel: {
      free: (until: string) => `Du kan avboka eller boka om utan kostnad till och med ${until}.`,
      fee: (amount: string) => `Därefter kostar det ${amount} att avboka.`,
      feeNow: (amount: string) =>
        `Tiden för att avboka utan kostnad är redan ute. Avbokar du kostar det ${amount}.`,
      hours: (hours: number) =>
        hours === 1
          ? 'Du kan avboka utan kostnad till en timme före.'
          : `Du kan avboka utan kostnad till ${hours} timmar före.`,
      hoursFee: (amount: string) => `Därefter kostar det ${amount}.`,
      always: 'Du kan avboka utan kostnad ända till tiden börjar.',
    },
    withdrawal: {
      product: (days: number) =>
        `Du kan ångra köpet inom ${days} dagar från att du fick varan. Returen betalar du.`,
      service: (days: number) => `Du kan ångra köpet inom ${days} dagar från att du beställde.`,
      'custom-made': 'Ingen ångerrätt: varan tillverkas efter dina önskemål.',
      perishable: 'Ingen ångerrätt: varan försämras eller blir för gammal snabbt.',
      sealed:
        'Ångerrätten upphör när förseglingen bryts, av hälsoskäl eller hygieniska skäl. Fram till dess har du 14 dagar från att du fick varan.',
      digital: 'Ångerrätten upphör när leveransen börjar, om du går med på det.',
      'performed-service':
        'Ångerrätten upphör när tjänsten är utförd, om du går med på det. Fram till dess har du 14 dagar från att du beställde.',
      'date-bound': 'Ingen ångerrätt: tiden är bokad till en bestämd dag.',
    },
    how: 'Du ångrar på beställningens sida, eller genom att skriva till oss. Du behöver inte säga varför. Vi betalar tillbaka inom 14 dagar.',
    form: 'Standardblankett för ångerrätt',
    consents: {
      digital:
        'Jag vill ha det digitala innehållet direkt, och går med på att ångerrätten upphör när leveransen börjar.',
      'performed-service':
        'Jag vill att tjänsten får börja innan de 14 dagarnas ångerfrist är slut, och går med på att ångerrätten upphör när den är utförd.',
      early:
        'Jag vill att tjänsten utförs på den bokade tiden, innan de 14 dagarnas ångerfrist är slut. Ångrar jag mig betalar jag för det som är gjort, och när allt är gjort kan jag inte ångra mig.',
    },
    pay: {
      swish: 'Du betalar med Swish när du beställer.',
      card: 'Du betalar med kort när du beställer.',
      'on-site': 'Du betalar på plats, eller när du får varorna.',
      nothing: 'Det kostar inget.',
    },
  },
  en: {
    where: {
      digital: 'Delivered digitally, to your e-mail address.',
      shipped: (days) => `Sent to your home, and there within ${days} days.`,
      'pick-up': (address) => `Collected from us: ${address}.`,
      'on-site': (address) => `At our place: ${address}.`,
      'at-customer': 'At your home, at the address that you give.',
    },
    cancel: {
      free: (until) => `You can cancel or rebook without charge up to and including ${until}.`,
      fee: (amount) => `After that it costs ${amount} to cancel.`,
      feeNow: (amount) =>
        `The time for cancelling without charge has passed already. If you cancel it costs ${amount}.`,
      hours: (hours) =>
        hours === 1
          ? 'You can cancel without charge until an hour before.'
          : `You can cancel without charge until ${hours} hours before.`,
      hoursFee: (amount) => `After that it costs ${amount}.`,
      always: 'You can cancel without charge until the time begins.',
    },
    withdrawal: {
      product: (days) =>
        `You can withdraw from the purchase within ${days} days of receiving the goods. You pay for the return.`,
      service: (days) => `You can withdraw from the purchase within ${days} days of ordering.`,
      'custom-made': 'No right of withdrawal: it is made to your wishes.',
      perishable: 'No right of withdrawal: it spoils or gets too old quickly.',
      sealed:
        'The right of withdrawal ends when the seal is broken, for reasons of health or hygiene. Until then you have 14 days from receiving the goods.',
      digital: 'The right of withdrawal ends when delivery begins, if you agree to that.',
      'performed-service':
        'The right of withdrawal ends when the service is performed, if you agree to that. Until then you have 14 days from ordering.',
      'date-bound': 'No right of withdrawal: the time is booked for a set day.',
    },
    how: 'You withdraw on the page of the order, or by writing to us. You need not say why. We pay back within 14 days.',
    form: 'Standard form for withdrawal',
    consents: {
      digital:
        'I want the digital content at once, and agree that the right of withdrawal ends when delivery begins.',
      'performed-service':
        'I want the service to be allowed to begin before the 14 days of withdrawal are over, and agree that the right of withdrawal ends when it is performed.',
      early:
        'I want the service to be performed at the booked time, before the 14 days of withdrawal are over. If I withdraw I pay for what has been done, and when all is done I cannot withdraw.',
    },
    pay: {
      swish: 'You pay by Swish when you order.',
      card: 'You pay by card when you order.',
      'on-site': 'You pay on site, or when you receive the goods.',
      nothing: 'It costs nothing.',
    },
  },
});
