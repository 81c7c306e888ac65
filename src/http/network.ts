import { isIPv4, isIPv6 } from 'node:net';

/** Where a proxy in front says who asks: a header, and how many proxies of ours have written into it. */
export type ClientAddress = { readonly header: string; readonly hops: number };

/**
 * Who says where a visitor is: a header of our own proxies; the connection; or the connection unless it comes from this
 * machine, where a proxy stands in front that nobody has told us how to ask.
 */
export type AddressSource = ClientAddress | 'connection' | 'proxied';

/** What is asked for the address of a visitor: the connection, and the headers of the request. */
export type Incoming = {
  readonly peer: string | null;
  readonly headers: Headers;
};

/**
 * The network of a visitor, for counting attempts: /24 of IPv4 and /48 of IPv6, which is what one subscriber or site
 * has as a rule. Lives in memory for one request; it is neither logged nor stored.
 * @returns null where it cannot be known: behind a proxy that nobody has told us how to ask
 */
export function networkOf(incoming: Incoming, source: AddressSource): string | null {
  const address = typeof source === 'object' ? fromHeader(incoming.headers, source) : incoming.peer;
  if (address === null) return null;
  // A connection from this very machine is a proxy's: everybody behind it would be taken for one network.
  return source === 'proxied' && isLoopback(address) ? null : prefixOf(address);
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./i.test(address);
}

/** Proxies append: what ours wrote stands last, and what stands before may be anybody's invention. */
function fromHeader(headers: Headers, { header, hops }: ClientAddress): string | null {
  const parts = (headers.get(header) ?? '').split(',').map((part) => part.trim());
  return parts.at(-hops) ?? null;
}

/** The prefix of an address in one spelling, or null for what is no address. */
export function prefixOf(text: string): string | null {
  const address = withoutPort(text);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const four = mapped ?? address;
  if (isIPv4(four)) return `${four.split('.').slice(0, 3).join('.')}.0/24`;
  if (!isIPv6(address)) return null;
  return `${groupsOf(address).slice(0, 3).join(':')}::/48`;
}

/** The eight groups of an IPv6 address, however it is shortened (RFC 4291, section 2.2). */
function groupsOf(address: string): string[] {
  const [bare = ''] = address.split('%');
  const [head = '', tail] = bare.toLowerCase().split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const filling = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const groups = [...first, ...Array.from({ length: filling }, () => '0'), ...last];
  return groups.map((group) => Number.parseInt(group, 16).toString(16));
}

/** Some proxies write the port as well: `192.0.2.1:443`, `[2001:db8::1]:443`. */
function withoutPort(text: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1];
  return bracketed ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text;
}
