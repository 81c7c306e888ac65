const textMax = 2_000_000;

/** A page's source, as far as the probe reads it. */
export function plainText(body: Uint8Array): string {
  return Buffer.from(body.subarray(0, textMax)).toString('utf8');
}

/** What a page asks the device for, to make a passkey or to use one; null where it asks nothing. */
export function passkeyOptions(
  html: string,
  does: 'create' | 'get',
): Readonly<Record<string, unknown>> | null {
  const tag = [...html.matchAll(/<div[^>]*data-passkey="(\w+)"[^>]*>/g)].find(
    ([, found]) => found === does,
  );
  const options = /data-options="([^"]*)"/.exec(tag?.[0] ?? '')?.[1];
  return options === undefined
    ? null
    : (JSON.parse(unescaped(options)) as Readonly<Record<string, unknown>>);
}

/** The value of a hidden field. */
export function hiddenField(html: string, name: string): string | null {
  const found = new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"`).exec(html)?.[1];
  return found === undefined ? null : unescaped(found);
}

function unescaped(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
