import type { TakenOver } from '@loopstart/drivers/configuration';
import { refused } from '../../core/http/refuse.ts';
import type { GatewayFacts } from '../entries/index.ts';

const PATH = 'body.source';

/**
 * Whether a file says that this gateway wrote it. Throws where it names another one: by its address, its serial number or
 * its model, for one name may be given to several.
 */
export function unitOfFile({ evidence }: TakenOver, facts: GatewayFacts): 'same' | 'not-told' {
  const pairs = [
    ['hardware address', evidence.mac, facts.macAddress],
    ['serial number', evidence.serial, facts.serial],
  ] as const;
  const known = pairs.filter(([, said, is]) => said !== null && is !== null);
  for (const [what, said, is] of known)
    if (folded(said!) !== folded(is!))
      throw refused(PATH, `the configuration of this gateway (${what} ${is}); this is of ${said}`);
  if (evidence.model !== null && facts.model !== null && !isOneModel(evidence.model, facts.model))
    throw refused(PATH, `the configuration of a ${facts.model}; this is of a ${evidence.model}`);
  return known.length === 0 ? 'not-told' : 'same';
}

/** Models are written with more or less around them: "MP-118 FXS" and "MP118". */
function isOneModel(a: string, b: string): boolean {
  const [one, other] = [folded(a), folded(b)];
  return one.includes(other) || other.includes(one);
}

const folded = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
