import { valueOf } from '../thresholds.ts';
import type { AlertRecord, Observation } from '../types.ts';
import { judgeTogether } from './together.ts';
import { type About, NOWHERE, type View } from './view.ts';

const ABOUT: About = { kind: 'agents-lost-together', subject: { type: 'operator', id: '' }, where: NOWHERE };

/** So many agents fell silent together that the way to the cloud is the likely cause. */
export function agentsLostTogether(view: View, lost: readonly AlertRecord[]): Observation | null {
  const setting = view.thresholds.at(ABOUT.kind, ABOUT.where);
  const of = view.topology.agents.size;
  const least = Math.max(valueOf(setting, 'agentsMin'), Math.ceil((of * valueOf(setting, 'sharePercent')) / 100));
  const words = (n: number) => `${n} of ${of} agents fell silent together.`;
  return judgeTogether(view, ABOUT, { members: lost, of, least, words });
}
