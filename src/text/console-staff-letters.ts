import type { StaffRole } from '../database/records.ts';
import { bilingual } from './bilingual.ts';
import type { Language } from './bilingual.ts';

/** Letters to those who work here, or are invited to. */
export const staffLetters = bilingual({
  sv: {
    new: {
      subject: (company: string) => `Inbjudan till personalens sidor hos ${company}`,
      text: (company: string, link: string) =>
        `Hej!\n\nDu är inbjuden att arbeta på personalens sidor hos ${company}. Öppna länken för att välja hur du loggar in:\n\n${link}\n\nLänken fungerar i två dygn och en gång. Ha din telefon till hands: du behöver en autentiseringsapp eller en passkey.\n\nVet du inte varför du får det här? Då behöver du inte göra något.\n\n${company}\n`,
    },
    reset: {
      subject: (company: string) => `Välj en ny inloggning hos ${company}`,
      text: (company: string, link: string) =>
        `Hej!\n\nEn administratör har nollställt din inloggning till personalens sidor hos ${company}. Det gamla fungerar inte längre, och du är utloggad överallt. Öppna länken för att välja en ny inloggning:\n\n${link}\n\nLänken fungerar i två dygn och en gång. Har du inte bett om det? Säg till en administratör innan du öppnar länken.\n\n${company}\n`,
    },
    role: {
      subject: 'Din behörighet är ändrad',
      text: (company: string, role: string) =>
        `Hej!\n\nEn administratör har ändrat din behörighet på personalens sidor hos ${company}. Den är nu: ${role}. Du är utloggad överallt; logga in igen för att fortsätta.\n\nStämmer det inte? Säg till en administratör.\n\n${company}\n`,
    },
    changed: {
      subject: 'Din inloggning är ändrad',
      text: (company: string) =>
        `Hej!\n\nSättet du loggar in på personalens sidor hos ${company} är nyss ändrat: ett lösenord, en passkey eller en autentiseringsapp är tillagd, bytt eller borttagen.\n\nVar det inte du? Säg genast till en administratör, som kan logga ut dig överallt och nollställa inloggningen.\n\n${company}\n`,
    },
  },
  en: {
    new: {
      subject: (company) => `Invitation to the staff pages of ${company}`,
      text: (company, link) =>
        `Hello,\n\nYou are invited to work on the staff pages of ${company}. Open the link to choose how you sign in:\n\n${link}\n\nThe link works for two days and once. Have your phone at hand: you need an authenticator app or a passkey.\n\nDo you not know why you got this? Then you need not do anything.\n\n${company}\n`,
    },
    reset: {
      subject: (company) => `Choose a new sign-in with ${company}`,
      text: (company, link) =>
        `Hello,\n\nAn administrator has reset your sign-in to the staff pages of ${company}. The old one no longer works, and you are signed out everywhere. Open the link to choose a new one:\n\n${link}\n\nThe link works for two days and once. Did you not ask for it? Tell an administrator before you open the link.\n\n${company}\n`,
    },
    role: {
      subject: 'Your role has changed',
      text: (company, role) =>
        `Hello,\n\nAn administrator has changed your role on the staff pages of ${company}. It is now: ${role}. You are signed out everywhere; sign in again to go on.\n\nIs that not right? Tell an administrator.\n\n${company}\n`,
    },
    changed: {
      subject: 'Your sign-in has changed',
      text: (company) =>
        `Hello,\n\nHow you sign in to the staff pages of ${company} has just been changed: a password, a passkey or an authenticator app was added, replaced or removed.\n\nWas it not you? Tell an administrator at once, who can sign you out everywhere and reset the sign-in.\n\n${company}\n`,
    },
  },
});

/** The same letters to those who perform services: they see their bookings, and not the staff pages. */
const providerLetters = bilingual({
  sv: {
    new: {
      subject: (company: string) => `Inbjudan till dina bokningar hos ${company}`,
      text: (company: string, link: string) =>
        `Hej!\n\nDu är inbjuden att se de bokningar som du utför för ${company}. Öppna länken för att välja hur du loggar in:\n\n${link}\n\nLänken fungerar i två dygn och en gång. Ha din telefon till hands: du behöver en autentiseringsapp eller en passkey.\n\nVet du inte varför du får det här? Då behöver du inte göra något.\n\n${company}\n`,
    },
    reset: {
      subject: (company: string) => `Välj en ny inloggning hos ${company}`,
      text: (company: string, link: string) =>
        `Hej!\n\nEn administratör har nollställt din inloggning till dina bokningar hos ${company}. Den gamla fungerar inte längre, och du är utloggad överallt. Öppna länken för att välja en ny inloggning:\n\n${link}\n\nLänken fungerar i två dygn och en gång. Har du inte bett om det? Säg till ${company} innan du öppnar länken.\n\n${company}\n`,
    },
    changed: {
      subject: 'Din inloggning är ändrad',
      text: (company: string) =>
        `Hej!\n\nSättet du loggar in till dina bokningar hos ${company} är nyss ändrat: ett lösenord, en passkey eller en autentiseringsapp är tillagd, bytt eller borttagen.\n\nVar det inte du? Säg genast till ${company}, som kan logga ut dig överallt och nollställa inloggningen.\n\n${company}\n`,
    },
  },
  en: {
    new: {
      subject: (company) => `Invitation to your bookings with ${company}`,
      text: (company, link) =>
        `Hello,\n\nYou are invited to see the bookings that you perform for ${company}. Open the link to choose how you sign in:\n\n${link}\n\nThe link works for two days and once. Have your phone at hand: you need an authenticator app or a passkey.\n\nDo you not know why you got this? Then you need not do anything.\n\n${company}\n`,
    },
    reset: {
      subject: (company) => `Choose a new sign-in with ${company}`,
      text: (company, link) =>
        `Hello,\n\nAn administrator has reset your sign-in to your bookings with ${company}. The old one no longer works, and you are signed out everywhere. Open the link to choose a new one:\n\n${link}\n\nThe link works for two days and once. Did you not ask for it? Tell ${company} before you open the link.\n\n${company}\n`,
    },
    changed: {
      subject: 'Your sign-in has changed',
      text: (company) =>
        `Hello,\n\nHow you sign in to your bookings with ${company} has just been changed: a password, a passkey or an authenticator app was added, replaced or removed.\n\nWas it not you? Tell ${company} at once, who can sign you out everywhere and reset the sign-in.\n\n${company}\n`,
    },
  },
});

/** The letters about signing in, as they are written to somebody of this role. */
export function staffLettersFor(role: StaffRole, language: Language) {
  return role === 'provider' ? providerLetters[language] : staffLetters[language];
}
