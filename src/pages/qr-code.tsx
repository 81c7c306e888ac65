import { encode } from 'uqr';

/** Light around the code, in modules: what ISO/IEC 18004 asks for. */
const quietModules = 4;

/** A QR code, dark on light whatever the colours of the page, because cameras want it so. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: quietModules, ecc: 'M' });
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect class="qr__light" width={size} height={size} />
      <path class="qr__dark" d={pathOf(data)} shape-rendering="crispEdges" />
    </svg>
  );
}

/** One stroke for each run of dark modules in a row. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  return rows
    .flatMap((row, y) =>
      [...runsOf(row)].map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`),
    )
    .join('');
}

function* runsOf(row: readonly boolean[]): Generator<[x: number, length: number]> {
  let start = 0;
  for (let x = 0; x <= row.length; x += 1) {
    if (row[x] === true) continue;
    if (x > start) yield [start, x - start];
    start = x + 1;
  }
}
