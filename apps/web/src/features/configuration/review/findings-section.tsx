import type { ConfigFinding, ConfigReview } from '@loopstart/contracts';
import { CONFIG_CHECK_TABLE, type ConfigCheckEffect, type Severity } from '@loopstart/domain';
import Link from 'next/link';
import { t } from '../../../messages/configuration.ts';
import { Section } from '../../../ui/section.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { labelOf } from '../setting/setting-words.ts';

const EFFECT_SEVERITY: Readonly<Record<ConfigCheckEffect, Severity>> = {
  blocks: 'critical',
  'blocks-unless-overridden': 'major',
  warns: 'minor',
};

/** What the checks found, with the line that each finding concerns, and what could not be checked. */
export function FindingsSection({ review }: { review: ConfigReview }) {
  const { findings, findingsTotal, notVerified } = review;
  return (
    <Section
      title={t('checks')}
      note={findingsTotal === 0 ? undefined : t('countFindings', { shown: findings.length, total: findingsTotal })}
    >
      {findings.length === 0 ? (
        <SeverityLabel severity="ok">{t('noFindings')}</SeverityLabel>
      ) : (
        <ul className="flex flex-col gap-2.5">
          {findings.map((finding, at) => (
            <li key={at}>
              <Finding finding={finding} />
            </li>
          ))}
        </ul>
      )}
      {notVerified.length > 0 && (
        <div className="mt-4 border-t border-line pt-3">
          <h3 className="mb-1 text-sm font-medium">{t('notVerified')}</h3>
          <ul className="flex flex-col gap-1 text-sm text-ink-2">
            {notVerified.map(({ driverId, model, gateways, detail }) => (
              <li key={`${driverId} ${model ?? ''} ${detail}`}>
                {t('notVerifiedModel', { model: model ?? driverId, count: gateways, detail })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
}

function Finding({ finding }: { finding: ConfigFinding }) {
  const { check, effect, gatewayId, gatewayName, position, field, detail } = finding;
  const where = [
    gatewayName,
    position === null ? null : t('portN', { position }),
    field === null ? null : labelOf(field),
  ].filter((part) => part !== null);
  return (
    <SeverityLabel severity={EFFECT_SEVERITY[effect]}>
      <span className="block">{CONFIG_CHECK_TABLE[check].text}</span>
      <span className="block text-sm font-normal text-ink-2">
        {where.length > 0 && (
          <>
            {gatewayId === null ? (
              where.join(' · ')
            ) : (
              <Link href={`/gateways/${gatewayId}/configuration`} className="underline underline-offset-2">
                {where.join(' · ')}
              </Link>
            )}
            {': '}
          </>
        )}
        {sentence(detail)} {t.group('effects')[effect]}
      </span>
    </SeverityLabel>
  );
}

const sentence = (detail: string): string => (/[.!?]$/.test(detail) ? detail : `${detail}.`);
