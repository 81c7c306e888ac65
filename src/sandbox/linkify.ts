export type TextPart = { readonly text: string; readonly href?: string };

/**
 * Parts a plain text into words and links. Only https, and http to this very machine, become links: what a sender
 * writes must not turn into `javascript:` or a request to somebody's host in clear.
 */
export function linkify(text: string): TextPart[] {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .filter((part) => part !== '')
    .flatMap((part) => (/^https?:\/\//.test(part) ? linkParts(part) : [{ text: part }]));
}

function linkParts(part: string): TextPart[] {
  // A sentence may end right after its link.
  const text = part.replace(/[.,;:!?)\]]+$/, '');
  const rest = part.slice(text.length);
  const link = isSafe(text) ? { text, href: text } : { text };
  return rest === '' ? [link] : [link, { text: rest }];
}

function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1';
}
