/** Forms as Stripe's interface takes them: `line_items[0][price_data][currency]=sek` is a tree. */

export type Tree = string | readonly Tree[] | { readonly [name: string]: Tree };

type Branch = Map<string, Branch | string>;

const pairsMax = 200;
const depthMax = 6;

/** Undefined for what is no tree: too many values, too deep, or a name that is a value and a branch at once. */
export function parseForm(text: string): Readonly<Record<string, Tree>> | undefined {
  const root: Branch = new Map();
  const pairs = [...new URLSearchParams(text)];
  if (pairs.length > pairsMax) return undefined;
  for (const [name, value] of pairs) {
    const path = pathOf(name);
    if (!path || !plant(root, path, value)) return undefined;
  }
  return Object.fromEntries([...root].map(([name, branch]) => [name, asTree(branch)]));
}

function pathOf(name: string): readonly string[] | undefined {
  const found = /^([a-z_]+)((?:\[[a-zA-Z0-9_]*\])*)$/.exec(name);
  if (!found) return undefined;
  const steps = [...(found[2] ?? '').matchAll(/\[([^\]]*)\]/g)].map(([, step]) => step ?? '');
  return steps.length < depthMax ? [found[1] ?? '', ...steps] : undefined;
}

function plant(root: Branch, path: readonly string[], value: string): boolean {
  let at = root;
  for (const step of path.slice(0, -1)) {
    const next = at.get(step) ?? new Map<string, Branch | string>();
    if (typeof next === 'string') return false;
    at.set(step, next);
    at = next;
  }
  const last = path.at(-1) ?? '';
  // `expand[]` counts by itself.
  const name = last === '' ? String(at.size) : last;
  if (at.has(name)) return false;
  at.set(name, value);
  return true;
}

function asTree(branch: Branch | string): Tree {
  if (typeof branch === 'string') return branch;
  const isList = branch.size > 0 && [...branch.keys()].every((name, at) => name === String(at));
  if (isList) return [...branch.values()].map(asTree);
  return Object.fromEntries([...branch].map(([name, each]) => [name, asTree(each)]));
}
