import type { Links } from './accounts/sign-up.ts';
import type { Sender } from './messages/outbox.ts';

/** What is the same for every request: where the site is, and what it is called in letters. */
export type Site = {
  /** Scheme, host and port without a slash; links in letters are built from this, never from a Host header. */
  readonly origin: string;
  readonly sender: Sender;
  /** The sandbox's mailbox page and, where it has banks, the page of its banks; null in production. */
  readonly sandbox: { readonly mailboxUrl: string; readonly bankUrl?: string } | null;
  /** Where the records store is, as ISO 3166-1; absent where nobody has said, as in the sandbox. */
  readonly recordsCountry?: string;
  /** Does a password stand in the operator's list of leaked ones? Absent where there is no such list to ask. */
  readonly isBreached?: (password: string) => Promise<boolean>;
};

export function linksOf(site: Site): Links {
  return {
    confirm: (token) => `${site.origin}/confirm/${token}`,
    signIn: `${site.origin}/sign-in`,
  };
}
