import type { ConfigDriftView } from '@loopstart/contracts';
import { t } from '../../../messages/configuration.ts';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { KeyChanges } from '../gateway/key-changes.tsx';

const SEVERITY = { emergency: 'critical', sealed: 'major' } as const;
const CAUSES = ['emergency', 'sealed'] as const;

/** What was changed elsewhere, the worst named first, and the draft that it was adopted into. */
export function DriftKeys({ drift: { keys, keysTotal, graveKeys, draft } }: { drift: ConfigDriftView }) {
  return (
    <div className="flex flex-col gap-1.5">
      {CAUSES.map((cause) => {
        const grave = graveKeys.filter((one) => one.cause === cause).map(({ key }) => key);
        if (grave.length === 0) return null;
        return (
          <SeverityLabel key={cause} severity={SEVERITY[cause]}>
            {t(`grave.${cause}`, { keys: grave.join(', ') })}
          </SeverityLabel>
        );
      })}
      <KeyChanges keys={keys} total={keysTotal} />
      {draft !== null && draft.state !== 'discarded' && (
        <p className="text-sm text-ink-2">{t(`adopted.${draft.state}`, { draft: draft.name })}</p>
      )}
    </div>
  );
}
