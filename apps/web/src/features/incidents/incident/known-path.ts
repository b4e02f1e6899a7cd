import type { Incident } from '@loopstart/contracts';

type Node = Incident['path'][number];

/** Levels that everything below is seen through: while one of them is wrong, nobody knows what is below. */
const SEEN_THROUGH: ReadonlySet<Node['type']> = new Set(['site', 'agent', 'gateway']);

/**
 * The path with what can be known of it: below a site, agent or gateway that is wrong, "fine" only means
 * that nothing was heard. The cause itself stays as it is.
 */
export function knownPath({ path, state }: Pick<Incident, 'path' | 'state'>): Node[] {
  let blind = false;
  return path.map((node) => {
    const shown = blind && !node.cause && node.state === 'fine' ? { ...node, state: 'unknown' as const } : node;
    blind ||= state === 'open' && SEEN_THROUGH.has(node.type) && node.state !== 'fine';
    return shown;
  });
}
