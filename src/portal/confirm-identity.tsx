/** The page that asks who is there, and leads on to a page of ours. */
export function confirmAddress(back: string): string {
  return `/confirm-identity?return=${encodeURIComponent(back)}`;
}
