import type { Port } from '@loopstart/contracts';
import { PORT_SIGNS, portSign, SIGN_WORDS } from '../../../lib/words/port-sign.ts';
import { PortSignIcon } from '../../../ui/port-sign.tsx';
import { t } from '../../../messages/gateways.ts';

/** What the signs on this faceplate mean: only those that are on it now. */
export function Legend({ ports }: { ports: readonly Port[] }) {
  const counts = new Map<string, number>();
  for (const port of ports) {
    const sign = portSign(port);
    counts.set(sign, (counts.get(sign) ?? 0) + 1);
  }
  return (
    <ul aria-label={t('legend')} className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-2">
      {PORT_SIGNS.filter((sign) => counts.has(sign)).map((sign) => (
        <li key={sign} className="inline-flex items-center gap-1.5">
          <PortSignIcon sign={sign} className="size-3.5 text-ink-3" />
          {SIGN_WORDS[sign]}
          <span className="text-ink-3">{counts.get(sign)}</span>
        </li>
      ))}
    </ul>
  );
}
