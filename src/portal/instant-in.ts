/** The instant that an address holds; null where there is none or somebody changed it into something else. */
export function instantIn(text: string | null): Temporal.Instant | null {
  if (text === null || text.length > 40) return null;
  try {
    return Temporal.Instant.from(text);
  } catch {
    return null;
  }
}
