import { bilingual } from './bilingual.ts';

/** What closing an account and its receipt say. */
export const leavingText = bilingual({
  sv: {
    close: {
      back: 'Inställningar',
      title: 'Stäng mitt konto',
      lead: 'Så här går det till. Inget händer förrän du bekräftar längst ner.',
      takeFirst: 'Ta med dig det du vill ha kvar',
      takeFirstText: 'När kontot är stängt finns det inget att ladda ner.',
      download: 'Ladda ner allt',
      goes: 'Det här tas bort direkt',
      goesText:
        'Först förstörs nyckeln till dina uppgifter. Då kan ingen läsa dem, inte heller vi. Sedan raderas de.',
      stays: 'Det här sparar vi',
      staysNothing: 'Inget. Vi har inga underlag om dig som en lag kräver att vi sparar.',
      told: 'De här ber vi radera',
      toldText: 'De har fått uppgifter om dig av oss. På kvittot ser du vad de svarar.',
      toldNobody: 'Ingen annan har fått dina uppgifter, så det finns ingen att be.',
      receipt: 'Du får ett kvitto',
      receiptText:
        'Kvittot är signerat och visar vad som förstördes och när. Du når det med en kod, utan konto, och kan pröva det själv när som helst.',
      waitTitle: (orders: number) =>
        orders === 1
          ? 'Du har en beställning som inte är klar'
          : `Du har ${orders} beställningar som inte är klara`,
      waitText:
        'Vänta gärna tills du har fått det du beställt. Stänger du kontot ändå händer det här, innan något raderas:',
      becomes: {
        unpaid: (number: string) => `${number} är inte betald och förfaller. Inget dras.`,
        cancelled: (number: string) => `${number} avbokas eller avbeställs.`,
        goods: (number: string) =>
          `${number} har du ångrat. Du behöver inte vänta på att varorna är tillbaka.`,
      },
      paidBack: (sum: string) =>
        `Vi betalar tillbaka ${sum} samma väg som du betalade. Pengarna kommer fram fast kontot är stängt.`,
      keepsFee: (sum: string) => `Vi behåller ${sum}, för det är sent enligt reglerna.`,
      bankTitle: 'Vi väntar på svar från banken',
      bankText:
        'En betalning är på väg, och banken har inte svarat än. Försök igen om en stund, så att inga pengar kommer bort.',
      finalTitle: 'Det går inte att ångra',
      finalText: 'När nyckeln är förstörd kan varken du eller vi få tillbaka uppgifterna.',
      choices: 'Välj vad du vill ha med dig',
      objectionsTitle: 'Det du har sagt nej till',
      objections:
        'Dina invändningar och begränsningar tas också bort. Skapar du ett nytt konto gäller de inte där.',
      confirm: 'Stäng kontot',
      forAccount: (email: string) => `Du stänger kontot för ${email}.`,
      submit: 'Stäng kontot nu',
      keep: 'Behåll kontot',
    },
    receipt: {
      lookUpTitle: 'Kvitto på radering',
      lookUpLead:
        'Har du stängt ett konto hos oss? Med koden ser du vad som har hänt med dina uppgifter.',
      code: 'Koden från när du stängde kontot',
      codeHint:
        '26 tecken, till exempel K7QF3-M2P9T-… Stora eller små bokstäver spelar ingen roll.',
      codeMissing: 'Skriv koden',
      codeWrong: 'Det är ingen av våra koder. Se efter att alla 26 tecken är med.',
      errorTitle: 'Kvittot hittades inte',
      lookUp: 'Visa kvittot',
      lost: 'Har du tappat koden? Då kan vi inte hitta kvittot, för vi vet inte längre vem du är. Filen du laddade ner går ändå att pröva.',
      titles: {
        asked: 'Vi stänger ditt konto',
        closed: 'Ditt konto är stängt',
        complete: 'Allt är raderat',
        completeBut: 'Allt är raderat hos oss',
      },
      leadAsked: 'Du är utloggad och inget nytt skrivs. Nyckeln till dina uppgifter förstörs nu.',
      leadClosed: (since: string) =>
        `Sedan ${since} går dina uppgifter inte längre att läsa. Här ser du resten, steg för steg.`,
      leadComplete: (since: string) =>
        `Sedan ${since} går dina uppgifter inte längre att läsa. Nu är de också borttagna, och vi har letat utan att hitta något kvar.`,
      leadBut: (missing: number) =>
        missing === 1
          ? 'En mottagare har inte bekräftat att den har raderat.'
          : `${missing} mottagare har inte bekräftat att de har raderat.`,
      yourCode: 'Din kod till kvittot',
      copy: 'Kopiera',
      copied: 'Kopierad',
      keepCode:
        'Skriv upp koden eller spara den. Den är det enda som leder hit: vi har bara ett kontrollvärde av den. Sidan visas i en timme på den här enheten.',
      keepLink: 'Länk till kvittot, att spara',
      stepsLabel: 'Raderingen steg för steg',
      words: { done: 'Klart', now: 'Pågår', waiting: 'Väntar', slow: 'Tar längre tid än vanligt' },
      steps: {
        asked: 'Du bad oss stänga kontot',
        fenced: 'Nyckeln är förstörd',
        removed: 'Uppgifterna är borttagna',
        told: 'Mottagarna har fått veta',
        verified: 'Vi har letat efter rester',
        complete: 'Kvittot är signerat',
      },
      ahead: {
        asked: 'Du bad oss stänga kontot',
        fenced: 'Nyckeln förstörs',
        removed: 'Uppgifterna tas bort',
        told: 'Mottagarna får veta',
        verified: 'Vi letar efter rester',
        complete: 'Kvittot signeras',
      },
      evidence: {
        asked: 'Alla enheter loggades ut och inget nytt kunde skrivas.',
        fenced: (index: string) =>
          `Allt som var låst med den är oläsligt, också i säkerhetskopior av uppgifterna. Rad ${index} i vår signerade logg.`,
        removedNothing: 'Det fanns inget kvar att ta bort.',
        toldNobody: 'Ingen hade fått dina uppgifter.',
        verified: (places: string) =>
          `Vi letade efter dina uppgifter på ${places} ställen i våra register och loggar och hittade inget.`,
        searching:
          'Letandet fortsätter tills det inte hittar något. Innan dess blir inget kvitto klart.',
        complete: 'Kvittots text ändras aldrig mer.',
      },
      rowCount: (category: string, rows: number, digits: string) =>
        `${category}: ${digits} ${rows === 1 ? 'rad' : 'rader'}`,
      recipients: 'Mottagare',
      recipientStates: {
        waiting: 'väntar på svar',
        confirmed: 'har bekräftat',
        refused: 'har sagt nej',
        silent: 'har inte svarat',
      },
      waitingFor: 'Svarar någon inte inom ett dygn står det på kvittot, och raderingen går vidare.',
      kept: 'Det här finns kvar',
      keptNothing: 'Inget om dig. Kvittot säger inte vem du är.',
      fileText:
        'Filen är ditt bevis. Den innehåller inga uppgifter om dig och gäller även om vi försvinner. PDF-filen är för dig att läsa och bär JSON-filen med sig, så att en fil räcker.',
      download: 'Ladda ner kvittot (JSON)',
      downloadPdf: 'Ladda ner kvittot (PDF)',
      number: (text: string) => `Ärendets nummer är ${text}.`,
      verifyHere: 'Pröva kvittot på webben',
      check: 'Pröva det själv',
      checkSteps: {
        one: 'Ladda ner kvittot.',
        two: 'Kör kommandot på en dator som har programmet Varsam. Det behöver inget nät.',
        three: 'Se efter att nyckeln i svaret är densamma som här.',
      },
      command: 'Kommandot',
      key: 'Nyckeln som kvittot är signerat med',
      checkWhat:
        'Kommandot räknar om kvittots kontrollvärde, följer det till vår logg och prövar underskriften. Ändras ett enda tecken säger det nej.',
      limits: 'Vad kvittot visar, och inte',
      limitsText:
        'Det visar vad vi har gjort och när, så att vi inte kan säga något annat efteråt. Det kan inte visa att ingen har en kopia någon annanstans, till exempel en skärmbild eller ett mejl du har fått. Rester av den förstörda nyckeln kan ligga kvar i databasens egna filer och säkerhetskopior tills de skrivs över; kvittot säger från vilken dag de inte längre går att använda. Har en myndighet förbjudit oss att berätta att något bevaras, står det inte heller på kvittot.',
      sandboxTitle: 'Ett kvitto från provmiljön',
      sandboxText: 'Det är signerat med en provnyckel och gäller bara för att prova.',
      leave:
        'Du behöver inte vänta kvar. Raderingen fortsätter av sig själv, och med koden ser du kvittot när det är klart.',
      reload: 'Se hur långt det har kommit',
      forget: 'Glöm koden på den här enheten',
    },
  },
  en: {
    close: {
      back: 'Settings',
      title: 'Close my account',
      lead: 'This is how it works. Nothing happens until you confirm at the bottom.',
      takeFirst: 'Take what you want to keep',
      takeFirstText: 'Once the account is closed there is nothing to download.',
      download: 'Download everything',
      goes: 'Removed at once',
      goesText:
        'First the key to your data is destroyed. Then nobody can read it, not even we. After that it is erased.',
      stays: 'What we keep',
      staysNothing: 'Nothing. We have no records about you that a law demands we keep.',
      told: 'Whom we ask to erase',
      toldText: 'They have received data about you from us. The receipt shows what they answer.',
      toldNobody: 'Nobody else has received your data, so there is nobody to ask.',
      receipt: 'You get a receipt',
      receiptText:
        'The receipt is signed and shows what was destroyed and when. You reach it with a code, without an account, and can check it yourself at any time.',
      waitTitle: (orders) =>
        orders === 1
          ? 'You have an order that is not finished'
          : `You have ${orders} orders that are not finished`,
      waitText:
        'You may want to wait until you have what you ordered. If you close the account all the same, this happens before anything is erased:',
      becomes: {
        unpaid: (number) => `${number} is not paid and lapses. Nothing is charged.`,
        cancelled: (number) => `${number} is cancelled.`,
        goods: (number) =>
          `${number} you have withdrawn from. You need not wait until the goods are back.`,
      },
      paidBack: (sum) =>
        `We pay back ${sum} the way you paid. The money arrives although the account is closed.`,
      keepsFee: (sum) => `We keep ${sum}, because it is late by the rules.`,
      bankTitle: 'We are waiting for the bank',
      bankText:
        'A payment is under way, and the bank has not answered yet. Try again in a while, so that no money is lost.',
      finalTitle: 'This cannot be undone',
      finalText: 'Once the key is destroyed neither you nor we can get the data back.',
      choices: 'Choose what to take with you',
      objectionsTitle: 'What you have said no to',
      objections:
        'Your objections and restrictions are removed as well. If you create a new account they do not hold there.',
      confirm: 'Close the account',
      forAccount: (email) => `You are closing the account of ${email}.`,
      submit: 'Close the account now',
      keep: 'Keep the account',
    },
    receipt: {
      lookUpTitle: 'Erasure receipt',
      lookUpLead:
        'Have you closed an account with us? With the code you see what has become of your data.',
      code: 'The code from when you closed the account',
      codeHint: '26 characters, such as K7QF3-M2P9T-… Capital or small letters make no difference.',
      codeMissing: 'Enter the code',
      codeWrong: 'That is not one of our codes. Check that all 26 characters are there.',
      errorTitle: 'The receipt was not found',
      lookUp: 'Show the receipt',
      lost: 'Have you lost the code? Then we cannot find the receipt, because we no longer know who you are. The file you downloaded can still be checked.',
      titles: {
        asked: 'We are closing your account',
        closed: 'Your account is closed',
        complete: 'Everything is erased',
        completeBut: 'Everything is erased with us',
      },
      leadAsked:
        'You are signed out and nothing new is written. The key to your data is being destroyed.',
      leadClosed: (since) =>
        `Since ${since} your data can no longer be read. Here is the rest, step by step.`,
      leadComplete: (since) =>
        `Since ${since} your data can no longer be read. Now it is removed as well, and we have searched and found nothing left.`,
      leadBut: (missing) =>
        missing === 1
          ? 'One recipient has not confirmed that it has erased.'
          : `${missing} recipients have not confirmed that they have erased.`,
      yourCode: 'Your code to the receipt',
      copy: 'Copy',
      copied: 'Copied',
      keepCode:
        'Write the code down or save it. It is the only thing that leads here: we have only a check value of it. The page is shown for one hour on this device.',
      keepLink: 'Link to the receipt, to save',
      stepsLabel: 'The erasure step by step',
      words: {
        done: 'Done',
        now: 'In progress',
        waiting: 'Waiting',
        slow: 'Taking longer than usual',
      },
      steps: {
        asked: 'You asked us to close the account',
        fenced: 'The key is destroyed',
        removed: 'The data is removed',
        told: 'The recipients have been told',
        verified: 'We have searched for remains',
        complete: 'The receipt is signed',
      },
      ahead: {
        asked: 'You asked us to close the account',
        fenced: 'The key is being destroyed',
        removed: 'The data is being removed',
        told: 'The recipients are being told',
        verified: 'We search for remains',
        complete: 'The receipt is being signed',
      },
      evidence: {
        asked: 'All devices were signed out and nothing new could be written.',
        fenced: (index) =>
          `Everything locked with it is unreadable, also in backups of the data. Line ${index} in our signed log.`,
        removedNothing: 'There was nothing left to remove.',
        toldNobody: 'Nobody had received your data.',
        verified: (places) =>
          `We searched for your data in ${places} places in our records and logs and found nothing.`,
        searching: 'The search goes on until it finds nothing. No receipt is complete before that.',
        complete: 'The text of the receipt never changes again.',
      },
      rowCount: (category, rows, digits) => `${category}: ${digits} ${rows === 1 ? 'row' : 'rows'}`,
      recipients: 'Recipients',
      recipientStates: {
        waiting: 'answer awaited',
        confirmed: 'has confirmed',
        refused: 'has refused',
        silent: 'has not answered',
      },
      waitingFor:
        'If somebody does not answer within a day the receipt says so, and the erasure goes on.',
      kept: 'What remains',
      keptNothing: 'Nothing about you. The receipt does not say who you are.',
      fileText:
        'The file is your proof. It contains no data about you and holds even if we disappear. The PDF is for reading and carries the JSON file with it, so that one file is enough.',
      download: 'Download the receipt (JSON)',
      downloadPdf: 'Download the receipt (PDF)',
      number: (text) => `The number of the case is ${text}.`,
      verifyHere: 'Check the receipt on the web',
      check: 'Check it yourself',
      checkSteps: {
        one: 'Download the receipt.',
        two: 'Run the command on a computer that has the program Varsam. It needs no network.',
        three: 'See that the key in the answer is the same as here.',
      },
      command: 'The command',
      key: 'The key that the receipt is signed with',
      checkWhat:
        "The command computes the receipt's check value again, follows it into our log and tests the signature. If a single character is changed it says no.",
      limits: 'What the receipt shows, and what it does not',
      limitsText:
        'It shows what we have done and when, so that we cannot say otherwise later. It cannot show that nobody has a copy elsewhere, such as a picture of the screen or a mail that you have received. Remains of the destroyed key may lie in the files and backups of the database until they are written over; the receipt says from which day they can no longer be used. If an authority has forbidden us to tell that something is preserved, the receipt does not say so either.',
      sandboxTitle: 'A receipt from the sandbox',
      sandboxText: 'It is signed with a key for trying things out and counts for nothing else.',
      leave:
        'You need not wait here. The erasure goes on by itself, and with the code you see the receipt when it is complete.',
      reload: 'See how far it has come',
      forget: 'Forget the code on this device',
    },
  },
});
