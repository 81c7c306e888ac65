import type { Child } from 'hono/jsx';
import { Icon } from '../pages/icons.tsx';

/** Prints the page; shown where a script can. */
export function PrintButton({ label }: { label: string }): Child {
  return (
    <button type="button" class="button button--secondary needs-script" data-print>
      <Icon name="printer" />
      {label}
    </button>
  );
}
