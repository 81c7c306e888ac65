import type { SignedIn } from '../accounts/sessions.ts';
import type { StaffRole } from '../database/records.ts';
import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import type { CookieName } from '../policy/cookies.ts';
import type { Purpose } from '../policy/purposes.ts';
import type { Site } from '../site.ts';
import type { Language } from '../text/bilingual.ts';

/** One visit to a route: who came, why (the route says), in which language, with what. */
export type Visit = {
  readonly op: Operation;
  readonly site: Site;
  readonly language: Language;
  /** Path and query, to come back to. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The fields of a form, or of nothing for GET; the first value where a name comes twice. */
  readonly form: ReadonlyMap<string, string>;
  /** Browser and system in two words, such as `Firefox, Linux`. */
  readonly device: string;
  /** The customer's session if there is one, whatever the route asks for. */
  readonly signedIn: SignedIn | null;
  /**
   * The same visit in the name of the customer whose session came with it, for a page that is open to anyone but
   * acts only for its customer.
   * @throws Problem `sign-in-needed`
   */
  asCustomer(): OwnVisit;
  /** Did the browser send a cookie of ours? If not, it may take none. */
  readonly sendsCookies: boolean;
  cookie(name: CookieName): string | null;
  setCookie(name: CookieName, value: string): void;
  clearCookie(name: CookieName): void;
};

/** A visit by somebody who is signed in; `owner` is their own. */
export type OwnVisit = Visit & { readonly owner: OwnerId; readonly session: SignedIn };

/**
 * A visit by whoever ordered: a signed-in customer, or a guest with the code of the order. Pages of one order work for both;
 * `base` is where their orders are, `/history` or `/guest/CODE`.
 */
export type BuyerVisit = Visit & { readonly owner: OwnerId; readonly base: string };

/**
 * What a machine sends, such as a bank that says that something has changed. It has no cookies that count and no page of
 * ours it could come from; whatever it says is believed only by its own proof.
 */
export type MachineVisit = {
  readonly op: Operation;
  readonly params: Readonly<Record<string, string>>;
  readonly headers: Headers;
  /** As it came, to the byte. */
  readonly body: Uint8Array;
};

type Answer = Response | Promise<Response>;
type Where = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** What for: what this route opens, it opens for this and nothing else. */
  readonly purpose: Purpose;
  /** True for what is hard to undo: who is signed in confirms anew that it is them, before they come here. */
  readonly confirmed?: true;
  /** True for a form that may bring a file. */
  readonly upload?: true;
};

/**
 * A row of the route table. `access` names who may come; there is no default.
 * `anyone` acts as nobody, even when a session exists.
 */
export type Route = Where &
  (
    | { readonly access: 'anyone'; readonly page: (visit: Visit) => Answer }
    | { readonly access: 'customer'; readonly page: (visit: OwnVisit) => Answer }
    | { readonly access: 'machine'; readonly page: (visit: MachineVisit) => Answer }
    /** Whoever has the code in the path, under the name `code`; any other code looks like nothing. */
    | { readonly access: 'guest'; readonly page: (visit: BuyerVisit) => Answer }
    | { readonly access: readonly StaffRole[]; readonly page: (visit: OwnVisit) => Answer }
  );

/** The roles of the company's own people. */
export const allStaff: readonly StaffRole[] = ['support', 'administrator', 'bookkeeper'];
/** Those who perform services: they have a sign-in of their own and see nothing of the staff pages. */
export const providersOnly: readonly StaffRole[] = ['provider'];
/** Everybody who signs in to work, for what each of them does with their own sign-in. */
export const staffAndProviders: readonly StaffRole[] = [...allStaff, ...providersOnly];
