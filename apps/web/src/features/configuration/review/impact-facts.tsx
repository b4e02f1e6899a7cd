import type { ConfigReview } from '@loopstart/contracts';
import { LINE_DEVICE_WORDS } from '../../../lib/words/port.ts';
import { t } from '../../../messages/configuration.ts';
import { Facts } from '../../../ui/facts.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { COST_SEVERITY, COST_WORDS } from './cost-words.ts';

/** What a draft touches, in counts: lines by their devices, and how much each gateway is disturbed. */
export function ImpactFacts({ review }: { review: ConfigReview }) {
  const { gateways, lines, lifeSafetyLines, linesByDeviceClass, gatewaysByCost, settingsChanged, keysChanged } = review;
  return (
    <div className="flex flex-col gap-4">
      <Facts
        columns={3}
        items={[
          [t('gateways'), t('countGateways', { count: gateways })],
          [
            t('lines'),
            lifeSafetyLines === 0 ? (
              t('countLines', { count: lines })
            ) : (
              <SeverityLabel key="lines" severity="major">
                {t('countLinesLifeSafety', { count: lines, lifeSafety: lifeSafetyLines })}
              </SeverityLabel>
            ),
          ],
          [t('differences'), t('countDifferences', { settings: settingsChanged, keys: keysChanged })],
        ]}
      />
      {linesByDeviceClass.length > 0 && (
        <p className="text-sm text-ink-2">
          {linesByDeviceClass
            .map(({ deviceClass, lines: count }) =>
              t('linesOfClass', { count, device: LINE_DEVICE_WORDS[deviceClass] }),
            )
            .join(' · ')}
        </p>
      )}
      <ul className="flex flex-col gap-1">
        {gatewaysByCost.map(({ cost, gateways: count }) => (
          <li key={cost}>
            <SeverityLabel severity={COST_SEVERITY[cost]}>
              {t('gatewaysCost', { count, cost: COST_WORDS[cost] })}
            </SeverityLabel>
          </li>
        ))}
      </ul>
    </div>
  );
}
