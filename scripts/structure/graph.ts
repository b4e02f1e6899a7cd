/** Who imports whom, with the number of imports. */
export type Graph = Map<string, Map<string, number>>;

export function addEdge(graph: Graph, from: string, to: string): void {
  if (!graph.has(from)) graph.set(from, new Map());
  if (!graph.has(to)) graph.set(to, new Map());
  const targets = graph.get(from)!;
  targets.set(to, (targets.get(to) ?? 0) + 1);
}

/** Groups of nodes that reach each other (Tarjan), largest first; a node alone is not one. */
export function circles(graph: Graph): string[][] {
  const found: string[][] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const visit = (node: string): void => {
    index.set(node, index.size);
    low.set(node, index.get(node)!);
    stack.push(node);
    for (const next of graph.get(node)?.keys() ?? []) {
      if (!index.has(next)) {
        visit(next);
        low.set(node, Math.min(low.get(node)!, low.get(next)!));
      } else if (stack.includes(next)) low.set(node, Math.min(low.get(node)!, index.get(next)!));
    }
    if (low.get(node) !== index.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    if (group.length > 1) found.push(group.toSorted());
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return found.toSorted((a, b) => b.length - a.length);
}

export interface Arrow {
  from: string;
  to: string;
  imports: number;
}

/** Beyond this the exact search over all orders of one circle takes too long. */
const EXACT_MAX = 18;
/** One pair of rooms outweighs any number of imports inside it. */
const PAIR_WEIGHT = 10_000;

/** The order of a circle's members, lowest first, with the fewest arrows that run up (by subsets). */
function bestOrder(graph: Graph, members: string[]): string[] {
  if (members.length > EXACT_MAX) throw new Error(`a circle of ${members.length} rooms is more than ${EXACT_MAX}`);
  const weight = members.map((from) =>
    members.map((to) => {
      const imports = graph.get(from)?.get(to);
      return imports === undefined ? 0 : PAIR_WEIGHT + imports;
    }),
  );
  const all = (1 << members.length) - 1;
  const cost = new Float64Array(all + 1).fill(Infinity);
  const last = new Int8Array(all + 1);
  cost[0] = 0;
  for (let placed = 0; placed < all; placed += 1) {
    for (let next = 0; next < members.length; next += 1) {
      if (placed & (1 << next)) continue;
      // Whatever is not yet placed lies above `next`: what it imports of those runs up.
      let up = cost[placed]!;
      for (let above = 0; above < members.length; above += 1)
        if (above !== next && !(placed & (1 << above))) up += weight[next]![above]!;
      const with_ = placed | (1 << next);
      if (up < cost[with_]!) {
        cost[with_] = up;
        last[with_] = next;
      }
    }
  }
  const order: string[] = [];
  for (let placed = all; placed > 0; placed &= ~(1 << last[placed]!)) order.unshift(members[last[placed]!]!);
  return order;
}

/** The fewest arrows without which no circle is left, and the floors of the rest (longest chain of imports). */
export function layers(graph: Graph): { up: Arrow[]; floors: number } {
  const up: Arrow[] = [];
  for (const members of circles(graph)) {
    const order = bestOrder(graph, members);
    for (const [floor, from] of order.entries())
      for (const to of order.slice(floor + 1)) {
        const imports = graph.get(from)?.get(to);
        if (imports !== undefined) up.push({ from, to, imports });
      }
  }
  const isUp = (from: string, to: string) => up.some((arrow) => arrow.from === from && arrow.to === to);
  const heights = new Map<string, number>();
  const height = (node: string): number => {
    const known = heights.get(node);
    if (known !== undefined) return known;
    const below = [...(graph.get(node)?.keys() ?? [])].filter((to) => !isUp(node, to));
    const own = 1 + Math.max(0, ...below.map(height));
    heights.set(node, own);
    return own;
  };
  return { up, floors: Math.max(0, ...[...graph.keys()].map(height)) };
}
