import type { Capabilities } from '@loopstart/contracts';
import { CAPABILITY_FIELDS } from '@loopstart/domain';
import { Check, CircleQuestionMark, Minus } from 'lucide-react';
import { CAPABILITY_STATE_WORDS, CAPABILITY_WORDS } from '../../lib/words/fleet.ts';
import { Section } from '../../ui/section.tsx';
import { t } from '../../messages/gateways.ts';

const GROUPS = [
  ['measured', Check, 'text-ok'],
  ['unproven', CircleQuestionMark, 'text-minor'],
  ['not-supported', Minus, 'text-ink-3'],
] as const;

/** What this gateway can tell: what is read, what should be there but did not answer, and what the model cannot. */
export function CapabilitiesSection({ capabilities }: { capabilities: Capabilities }) {
  return (
    <Section title={t('whatRead')}>
      <div className="flex flex-col gap-3">
        {GROUPS.map(([state, Icon, tone]) => {
          const fields = CAPABILITY_FIELDS.filter((field) => (capabilities[field] ?? 'not-supported') === state);
          if (fields.length === 0) return null;
          const words = CAPABILITY_STATE_WORDS[state]!;
          return (
            <div key={state}>
              <h3 className="flex items-center gap-1.5 text-sm font-medium">
                <Icon aria-hidden="true" className={`size-3.5 ${tone}`} strokeWidth={2.5} />
                {words.label}
              </h3>
              <p className="text-sm text-ink-2">
                {fields.map((field) => CAPABILITY_WORDS[field]).join(', ')}
                <span className="block text-xs text-ink-3">{words.meaning}</span>
              </p>
            </div>
          );
        })}
      </div>
    </Section>
  );
}
