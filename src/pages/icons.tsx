import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { jsx } from 'hono/jsx';

/** Only these are kept in memory; a page that needs another adds its Lucide name here. */
const chosen = [
  'activity',
  'arrow-left',
  'arrow-right',
  'ban',
  'bell',
  'book-open',
  'boxes',
  'calendar',
  'calendar-clock',
  'chart-column',
  'check',
  'chevron-right',
  'circle',
  'circle-alert',
  'circle-check',
  'circle-dashed',
  'circle-x',
  'clipboard-check',
  'clock',
  'copy',
  'download',
  'external-link',
  'eye',
  'eye-off',
  'file-text',
  'flask-conical',
  'globe',
  'hand',
  'house',
  'info',
  'key-round',
  'list-checks',
  'lock',
  'log-out',
  'mail',
  'menu',
  'message-square',
  'newspaper',
  'package',
  'pencil',
  'printer',
  'refresh-cw',
  'rotate-ccw-clock',
  'search',
  'settings',
  'shield-check',
  'shopping-basket',
  'trash',
  'triangle-alert',
  'truck',
  'user',
  'users',
  'wallet',
  'x',
] as const;

/** The name of an icon that pages may show. */
export type IconName = (typeof chosen)[number];

type Node = [tag: string, attributes: Record<string, string>];

const nodes = readNodes();

/**
 * A line icon from Lucide. Decoration by default, hidden from screen readers; give `label` when it stands
 * without words.
 */
export function Icon({ name, label }: { name: IconName; label?: string | undefined }) {
  const named =
    label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      width="24"
      height="24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      {...named}
    >
      {nodes.get(name)?.map(([tag, attributes]) => jsx(tag, attributes))}
    </svg>
  );
}

function readNodes(): Map<IconName, Node[]> {
  const file = createRequire(import.meta.url).resolve('lucide-static/icon-nodes.json');
  const all = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Node[]>;
  return new Map(chosen.map((name) => [name, drawable(name, all[name])]));
}

/** Safety: tag and attribute names are not escaped by JSX, so that only plain shapes get through. */
function drawable(name: string, shapes: Node[] | undefined): Node[] {
  const plain = /^[a-z][a-z\d-]*$/;
  const shape = /^(path|circle|rect|line|ellipse|polyline|polygon)$/;
  const good = shapes?.every(
    ([tag, attributes]) =>
      shape.test(tag) &&
      Object.keys(attributes).every((key) => plain.test(key) && !key.startsWith('on')),
  );
  if (shapes === undefined || good !== true)
    throw new Error(`icon ${name} is missing or not plain`);
  return shapes;
}
