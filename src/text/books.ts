import { bilingual } from './bilingual.ts';

/** The books: texts of vouchers, and what is wrong with a fiscal year. */
export const booksText = bilingual({
  sv: {
    voucher: {
      sale: (receipt: string) => `Kvitto ${receipt}`,
      refund: (receipt: string, original: string) => `Återbetalning ${receipt}, kvitto ${original}`,
      refundAlone: (receipt: string) => `Återbetalning ${receipt}`,
      correction: (voucher: string) => `Rättelse av ${voucher}`,
      correctionAlone: 'Rättelse',
      correctionReason: (voucher: string, reason: string) => `Rättelse av ${voucher}: ${reason}`,
      dispute: (voucher: string, original: string) =>
        `Bestridd betalning ${voucher}, kvitto ${original}`,
      disputeAlone: (voucher: string) => `Bestridd betalning ${voucher}`,
    },
    fiscalYear: {
      'ends-before-it-starts': 'Räkenskapsåret slutar innan det börjar.',
      'not-whole-months':
        'Räkenskapsåret ska vara hela månader. Bara det första får börja mitt i en månad.',
      'too-long': 'Räkenskapsåret är för långt. Det får vara högst 18 månader.',
      overlaps: 'Räkenskapsåret går in i ett annat räkenskapsår.',
      'leaves-a-gap': 'Det blir ett glapp mellan räkenskapsåren.',
      'begins-later':
        'Det första räkenskapsåret ska börja senast i dag, så att det som säljs i dag kan bokföras.',
    },
  },
  en: {
    voucher: {
      sale: (receipt) => `Receipt ${receipt}`,
      refund: (receipt, original) => `Refund ${receipt}, receipt ${original}`,
      refundAlone: (receipt) => `Refund ${receipt}`,
      correction: (voucher) => `Correction of ${voucher}`,
      correctionAlone: 'Correction',
      correctionReason: (voucher, reason) => `Correction of ${voucher}: ${reason}`,
      dispute: (voucher, original) => `Disputed payment ${voucher}, receipt ${original}`,
      disputeAlone: (voucher) => `Disputed payment ${voucher}`,
    },
    fiscalYear: {
      'ends-before-it-starts': 'The fiscal year ends before it starts.',
      'not-whole-months':
        'The fiscal year must be whole months. Only the first may begin within a month.',
      'too-long': 'The fiscal year is too long. It may have 18 months at most.',
      overlaps: 'The fiscal year overlaps another.',
      'leaves-a-gap': 'There is a gap between the fiscal years.',
      'begins-later':
        'The first fiscal year must begin today at the latest, so that what is sold today can be booked.',
    },
  },
});
