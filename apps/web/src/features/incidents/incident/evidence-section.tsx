'use client';

import type { Incident } from '@loopstart/contracts';
import { measured } from '../../../lib/format/number.ts';
import { seenInstant, seenName, seenWord } from '../../../lib/words/evidence.ts';
import { whyThisValue } from '../../../lib/words/incident.ts';
import { Absent } from '../../../ui/absent.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { Section } from '../../../ui/section.tsx';
import { t } from '../../../messages/incidents.ts';

/** Why we think so: a sentence, what was seen, what it was compared with, and why those values. */
export function EvidenceSection({ incident }: { incident: Incident }) {
  const { evidence, place } = incident;
  const zone = place.site?.timeZone ?? null;
  const seen = Object.entries(evidence.seen);
  const thresholds = Object.entries(evidence.thresholds);
  return (
    <Section title={t('whyWeThink')}>
      <div className="flex flex-col gap-4">
        <p className="max-w-prose">{evidence.text}</p>
        {seen.length > 0 && (
          <div>
            <h3 className="mb-1.5 text-sm font-medium text-ink-2">{t('observed')}</h3>
            <Facts
              columns={3}
              items={seen.map(([key, value]) => {
                const { label, unit } = seenName(key, incident.kind);
                return [label, <Seen key={key} name={key} value={value} unit={unit} zone={zone} />] as const;
              })}
            />
          </div>
        )}
        {thresholds.length > 0 && (
          <div>
            <h3 className="mb-1.5 text-sm font-medium text-ink-2">{t('comparedWith')}</h3>
            <ul className="divide-y divide-line border-y border-line">
              {thresholds.map(([key, threshold]) => (
                <li key={key} className="flex flex-wrap items-baseline justify-between gap-x-4 py-1.5">
                  <span>
                    {threshold.label}: <span className="font-medium">{measured(threshold.value, threshold.unit)}</span>
                  </span>
                  <span className="text-sm text-ink-2">{whyThisValue(threshold)}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Section>
  );
}

function Seen(props: { name: string; value: string | number | boolean | null; unit: string; zone: string | null }) {
  const { value } = props;
  if (value === null) return <Absent why={t('notReported')} />;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const at = seenInstant(props.name, value);
  if (at !== null) return <Moment at={at} siteZone={props.zone} seconds />;
  return typeof value === 'number' ? measured(value, props.unit) : seenWord(props.name, value);
}
