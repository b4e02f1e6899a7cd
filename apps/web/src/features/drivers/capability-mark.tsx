import { Check, HelpCircle, Minus } from 'lucide-react';
import { DRIVER_CAPABILITY_WORDS } from './fields.ts';

/** Whether a field is read, as shape and words; the words are for screen readers, the legend says them to everybody. */
export function CapabilityMark({ state }: { state: string | undefined }) {
  const known = state ?? 'not-supported';
  const label = DRIVER_CAPABILITY_WORDS[known] ?? known;
  return (
    <span className="inline-grid place-items-center align-middle">
      {known === 'measured' && <Check aria-hidden="true" className="size-4 text-ok" strokeWidth={2.5} />}
      {known === 'unproven' && <HelpCircle aria-hidden="true" className="size-4 text-minor" />}
      {known === 'not-supported' && <Minus aria-hidden="true" className="size-4 text-ink-3" />}
      <span className="sr-only">{label}</span>
    </span>
  );
}
