import type { ArchivePart } from './manifest.ts';

/** The list of contents, sealed like the rest; an archive without it is not whole. */
export const manifestFile = 'manifest.age';
/** Hashes of all files in clear, as `sha256sum -c` reads them: damage can be seen without any key. */
export const sumsFile = 'SHA256SUMS';

export function partFile(number: number): string {
  return `part-${String(number).padStart(6, '0')}.age`;
}

export function sumsOf(parts: readonly ArchivePart[], manifestSha256: string): string {
  const lines = parts.map(({ file, sealed_sha256 }) => `${sealed_sha256}  ${file}\n`);
  return [...lines, `${manifestSha256}  ${manifestFile}\n`].join('');
}
