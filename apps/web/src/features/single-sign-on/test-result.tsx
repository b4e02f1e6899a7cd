import type { SsoTest } from '@loopstart/contracts';
import { t } from '../../messages/single-sign-on.ts';
import { Tag } from '../../ui/tag.tsx';

const CHECKS: Readonly<Record<string, string>> = t.group('checks');
const OUTCOMES: Readonly<Record<string, string>> = t.group('outcomes');
const TONES = { passed: 'accent', failed: 'critical', 'not-tried': 'unknown' } as const;

/** What a test saw of each part, in its own words. */
export function TestResult({ checks }: { checks: SsoTest['checks'] }) {
  return (
    <section aria-label={t('tested')} aria-live="polite">
      <h3 className="mb-1.5 text-sm font-semibold">{t('tested')}</h3>
      <ul className="flex flex-col gap-1.5">
        {checks.map(({ check, outcome, detail }) => (
          <li key={check} className="flex flex-wrap items-baseline gap-x-2 text-sm">
            <Tag tone={TONES[outcome]}>{OUTCOMES[outcome]}</Tag>
            <span className="font-medium">{CHECKS[check]}</span>
            <span className="text-ink-2">{detail}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
