const here = new URL('https://this-site.invalid/');

/**
 * An address that is safe in an `href`: relative to this site, or https. Throws for everything else, since JSX
 * escapes characters but lets `javascript:` through.
 */
export function href(address: string): string {
  const url = URL.parse(address, here);
  if (url === null || url.protocol !== 'https:')
    throw new Error('a link must be relative or https');
  if (url.origin !== here.origin && !/^https:\/\//i.test(address)) {
    throw new Error('a link to another site must say https');
  }
  return address;
}

/** An address on this machine, for what the sandbox serves beside the site. Throws for every other host. */
export function loopbackHref(address: string): string {
  const url = URL.parse(address);
  const loopback = ['localhost', '127.0.0.1', '[::1]'];
  if (url?.protocol !== 'http:' || !loopback.includes(url.hostname)) {
    throw new Error('the sandbox is only on this machine');
  }
  return address;
}

/** The page of a bank: https, or on this machine, where the sandbox has one. Throws for everything else. */
export function bankHref(address: string): string {
  return URL.parse(address)?.protocol === 'https:' ? address : loopbackHref(address);
}

/** What opens the Swish app on a phone, or its stand-in in the sandbox. Throws for everything else. */
export function swishHref(address: string): string {
  return /^swish:\/\/paymentrequest\?[\w%=&.~-]+$/.test(address) ? address : bankHref(address);
}

/** A link that starts a letter to an e-mail address. */
export function mailHref(emailAddress: string): string {
  return `mailto:${encodeURIComponent(emailAddress).replace('%40', '@')}`;
}

/** A link that dials a telephone number, written as people do: `+46 (0)8-123 45`. */
export function telephoneHref(telephone: string): string {
  return `tel:${telephone.replace('(0)', '').replace(/[^+\d]/g, '')}`;
}
