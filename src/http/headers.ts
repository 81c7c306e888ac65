// Everything comes from ourselves; nothing is framed, embedded or sent elsewhere.
const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const always: readonly (readonly [string, string])[] = [
  ['content-security-policy', contentSecurityPolicy],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['referrer-policy', 'no-referrer'],
  ['x-content-type-options', 'nosniff'],
  ['permissions-policy', 'camera=(), geolocation=(), microphone=()'],
];

/** The security headers of a page. Pages are personal or may become so, so that none is kept anywhere. */
export function headersFor(origin: string): [string, string][] {
  const transport: [string, string][] = origin.startsWith('https:')
    ? [['strict-transport-security', 'max-age=63072000; includeSubDomains']]
    : [];
  return [
    ...always.map(([name, value]): [string, string] => [name, value]),
    ['cache-control', 'no-store'],
    ...transport,
  ];
}
