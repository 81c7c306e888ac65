declare const disclosed: unique symbol;

export type DisclosureId = string & { readonly __disclosure: true };

/**
 * What the disclosure gate has let through, and under which disclosure. A type alone: transports ask for it, and
 * nothing but the gate makes it.
 */
export type Disclosed<T> = T & { readonly [disclosed]: DisclosureId };
