import type { Language } from '../text/bilingual.ts';

/** The words that the frame of every page needs; pages bring them in the reader's language. */
export interface FrameWords {
  skipToContent: string;
  menu: string;
  closeMenu: string;
  mainNavigation: string;
  signOut: string;
  /** The other language by its own name, such as `English` on a Swedish page. */
  otherLanguage: string;
  sandboxTitle: string;
  sandboxText: string;
  sandboxMailbox: string;
}

/** The words of the foot of customer pages. */
export interface PageWords extends FrameWords {
  contact: string;
  organisationNumber: string;
  moreLinks: string;
  notice: string;
  accessibility: string;
}

/** Whose site this is. */
export interface Company {
  name: string;
  organisationNumber: string;
  addressLines: readonly string[];
  emailAddress?: string | undefined;
  telephone?: string | undefined;
  /** When people answer, such as `Vardagar kl. 9–16`. */
  hours?: string | undefined;
}

export interface NavigationLink {
  href: string;
  label: string;
  current?: boolean | undefined;
}

/** Who is signed in, and where the form that signs out posts to. */
export interface SignedIn {
  label: string;
  /** Where the name leads, usually to the account's settings. */
  href?: string | undefined;
  signOutAction: string;
}

/** What portal and console pages tell their frame. */
export interface FrameProps {
  language: Language;
  /** The page's own title; the company's name is added. */
  title: string;
  description?: string | undefined;
  company: Company;
  signedIn?: SignedIn | undefined;
  sandbox: { mailboxUrl: string } | null;
  /** Path and query of this page, to come back to after a change of language. */
  path: string;
  /** Fetch the page anew this often, until a page comes without it. Needs script; without it nothing happens. */
  refreshSeconds?: number | undefined;
  /** Without script the browser fetches the whole page anew, as often. For what somebody waits for, and nothing else. */
  refreshesAlone?: boolean | undefined;
  /** Where the browser goes on to at once, such as a bank; the page itself says so and links there. */
  goesOnTo?: string | undefined;
}
