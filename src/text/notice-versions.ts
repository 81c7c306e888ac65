import type { Change } from '../policy/changes.ts';
import type { Words } from '../policy/shape.ts';
import { bilingual } from './bilingual.ts';
import type { Language } from './bilingual.ts';
import { list } from './format.ts';
import { partyText } from './privacy-states.ts';
import type { Party } from '../policy/shape.ts';

/** The box about the notice, earlier wordings, and what changed between them. */
export const noticeVersionsText = bilingual({
  sv: {
    firstTitle: 'Så hanterar vi dina uppgifter',
    firstText:
      'Vi sparar det som behövs, krypterat, och säljer inget. Vi använder bara kakor som behövs för det du ber om.',
    changedTitle: 'Vi har ändrat hur vi hanterar dina uppgifter',
    changedMore: (count: number) => (count === 1 ? 'En ändring till.' : `${count} ändringar till.`),
    read: 'Läs hela texten',
    seeChanges: 'Se alla ändringar',
    done: 'Jag har läst',
    versions: 'Tidigare versioner',
    versionsLead: 'Varje version som har gällt finns kvar, med det som ändrades.',
    seeVersions: 'Tidigare versioner och vad som ändrades',
    from: 'Gällde från',
    changes: 'Ändringar mot versionen före',
    first: 'Den första versionen',
    current: 'Gäller nu',
    noChanges: 'Inget är ändrat.',
    show: 'Läs den',
    versionOf: (day: string) => `Versionen från ${day}`,
    old: 'Den här texten gäller inte längre.',
    toCurrent: 'Läs den som gäller nu',
    changesTitle: 'Vad som har ändrats',
    changesSince: (day: string) => `Det här är ändrat sedan versionen från ${day}.`,
    back: 'Tillbaka till alla versioner',
    backToNotice: 'Så hanterar vi dina uppgifter',
    fields: 'Det vi kunde spara',
    keptFor: 'Hur länge',
    purposes: 'Varför',
    recipients: 'Mottagare',
    cookies: 'Kakor',
    before: 'Förut',
    now: 'Nu',
  },
  en: {
    firstTitle: 'How we handle your data',
    firstText:
      'We store what is needed, encrypted, and sell nothing. We only use cookies that are needed for what you ask for.',
    changedTitle: 'We have changed how we handle your data',
    changedMore: (count) => (count === 1 ? 'One more change.' : `${count} more changes.`),
    read: 'Read all of it',
    seeChanges: 'See all changes',
    done: 'I have read it',
    versions: 'Earlier versions',
    versionsLead: 'Every version that was in force is kept, with what changed.',
    seeVersions: 'Earlier versions and what changed',
    from: 'In force from',
    changes: 'Changes from the version before',
    first: 'The first version',
    current: 'In force now',
    noChanges: 'Nothing has changed.',
    show: 'Read it',
    versionOf: (day) => `The version of ${day}`,
    old: 'This text is no longer in force.',
    toCurrent: 'Read the one in force now',
    changesTitle: 'What has changed',
    changesSince: (day) => `This has changed since the version of ${day}.`,
    back: 'Back to all versions',
    backToNotice: 'How we handle your data',
    fields: 'What we could store',
    keptFor: 'How long',
    purposes: 'Why',
    recipients: 'Recipients',
    cookies: 'Cookies',
    before: 'Before',
    now: 'Now',
  },
});

const bases: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  sv: {
    consent: 'samtycke',
    contract: 'avtal',
    'legal-obligation': 'rättslig skyldighet',
    'legitimate-interest': 'berättigat intresse',
  },
  en: {
    consent: 'consent',
    contract: 'contract',
    'legal-obligation': 'legal obligation',
    'legitimate-interest': 'legitimate interest',
  },
};

const rights: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  sv: { restriction: 'en begränsning', objection: 'en invändning' },
  en: { restriction: 'a restriction', objection: 'an objection' },
};

/** One change in a sentence of everyday language. */
export function changeSentence(change: Change, language: Language): string {
  return language === 'sv' ? inSwedish(change) : inEnglish(change);
}

function inSwedish(change: Change): string {
  const isNew = 'turn' in change && change.turn === 'new';
  switch (change.kind) {
    case 'category':
      return isNew
        ? `Vi börjar spara en ny sorts uppgifter: ${small(change.category.sv)}.`
        : `Vi slutar spara ${small(change.category.sv)}.`;
    case 'field':
      return `${isNew ? 'Vi kan nu spara' : 'Vi sparar inte längre'} ${small(change.field.sv)} (${small(change.category.sv)}).`;
    case 'purpose':
      return `${isNew ? 'Vi använder nu uppgifter för att' : 'Vi använder inte längre uppgifter för att'} ${change.purpose.sv}.`;
    case 'basis':
      return `För att ${change.purpose.sv} stöder vi oss nu på ${baseOf(change.after, 'sv')}. Förut: ${baseOf(change.before, 'sv')}.`;
    case 'sight':
      return `${partyOf(change.party, 'sv')} kan ${isNew ? 'nu' : 'inte längre'} se ${small(change.category.sv)} för att ${change.purpose.sv}.`;
    case 'stop':
      return `Du kan ${isNew ? 'nu' : 'inte längre'} med ${rightOf(change.right, 'sv')} stoppa att vi använder uppgifter för att ${change.purpose.sv}.`;
    case 'kept':
      return `${change.category.sv} sparas nu: ${lasting(change.after, 'sv')}. Förut: ${lasting(change.before, 'sv')}.`;
    case 'recipient':
      return isNew
        ? `En ny sorts mottagare: ${small(change.recipient.sv)}.`
        : `Inte längre mottagare: ${small(change.recipient.sv)}.`;
    case 'receives':
      return `${change.recipient.sv}: kan ${isNew ? 'nu' : 'inte längre'} få ${fieldsOf(change.fields, 'sv')} för att ${change.purpose.sv}.`;
    case 'cookie':
      return cookieIn('sv', change);
    case 'controller':
      return `Uppgifter om företaget: ”${change.before}” är nu ”${change.after}”.`;
    case 'wording':
      return `Ny text under ”${change.heading.sv}”.`;
  }
}

function inEnglish(change: Change): string {
  const isNew = 'turn' in change && change.turn === 'new';
  switch (change.kind) {
    case 'category':
      return isNew
        ? `We begin to store a new kind of data: ${small(change.category.en)}.`
        : `We no longer store ${small(change.category.en)}.`;
    case 'field':
      return `${isNew ? 'We can now store' : 'We no longer store'} ${small(change.field.en)} (${small(change.category.en)}).`;
    case 'purpose':
      return `${isNew ? 'We now use data to' : 'We no longer use data to'} ${change.purpose.en}.`;
    case 'basis':
      return `To ${change.purpose.en} we now rely on ${baseOf(change.after, 'en')}. Before: ${baseOf(change.before, 'en')}.`;
    case 'sight':
      return `${partyOf(change.party, 'en')} can ${isNew ? 'now' : 'no longer'} see ${small(change.category.en)} to ${change.purpose.en}.`;
    case 'stop':
      return `With ${rightOf(change.right, 'en')} you can ${isNew ? 'now' : 'no longer'} stop us from using data to ${change.purpose.en}.`;
    case 'kept':
      return `${change.category.en} is now kept: ${lasting(change.after, 'en')}. Before: ${lasting(change.before, 'en')}.`;
    case 'recipient':
      return isNew
        ? `A new kind of recipient: ${small(change.recipient.en)}.`
        : `No longer a recipient: ${small(change.recipient.en)}.`;
    case 'receives':
      return `${change.recipient.en}: can ${isNew ? 'now' : 'no longer'} get ${fieldsOf(change.fields, 'en')} to ${change.purpose.en}.`;
    case 'cookie':
      return cookieIn('en', change);
    case 'controller':
      return `Facts about the company: “${change.before}” is now “${change.after}”.`;
    case 'wording':
      return `New text under “${change.heading.en}”.`;
  }
}

function cookieIn(language: Language, change: Extract<Change, { kind: 'cookie' }>): string {
  const { turn, name } = change;
  const words = change.words[language];
  if (language === 'sv') {
    if (turn === 'life') return `Kakan ${name} finns nu olika länge mot förut. ${words}`;
    return turn === 'new' ? `En ny kaka, ${name}. ${words}` : `Kakan ${name} används inte längre.`;
  }
  if (turn === 'life') return `The cookie ${name} now lasts for another time. ${words}`;
  return turn === 'new'
    ? `A new cookie, ${name}. ${words}`
    : `The cookie ${name} is no longer used.`;
}

function small(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

function baseOf(basis: string, language: Language): string {
  return bases[language][basis] ?? basis;
}

function rightOf(right: string, language: Language): string {
  return rights[language][right] ?? right;
}

function partyOf(party: string, language: Language): string {
  return partyText[language][party as Party] ?? party;
}

function lasting(kept: readonly Words[], language: Language): string {
  return kept.map((words) => words[language]).join('; ') || '–';
}

function fieldsOf(fields: readonly Words[], language: Language): string {
  return list(
    fields.map((words) => small(words[language])),
    language,
  );
}
