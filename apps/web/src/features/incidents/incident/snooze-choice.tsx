'use client';

import { useId, useState } from 'react';
import { useNow } from '../../../lib/clock/now.tsx';
import { moment } from '../../../lib/format/time.ts';
import { useZone } from '../../../lib/preferences/zone.ts';
import { t } from '../../../messages/incidents.ts';
import { TextField } from '../../../ui/field.tsx';
import { customEnd, SNOOZE_MS, snoozePresets } from './snooze.ts';

const CUSTOM = 'custom';

/**
 * The end of a snooze: `onChange` has it whenever another is chosen, null while that is no time to come; at first it is
 * `SNOOZE_MS` from now. Times are those of the zone that the console shows.
 */
export function SnoozeChoice(props: {
  siteZone: string | null;
  missing?: boolean;
  onChange: (untilMs: number | null) => void;
}) {
  const zone = useZone(props.siteZone);
  const nowMs = useNow(60_000);
  const name = useId();
  const [presets] = useState(() => snoozePresets(nowMs, zone));
  const [chosen, setChosen] = useState<string>(
    () => presets.find(({ untilMs }) => untilMs === nowMs + SNOOZE_MS)?.label ?? CUSTOM,
  );
  const [text, setText] = useState('');
  const choose = (label: string, text: string) => {
    setChosen(label);
    setText(text);
    props.onChange(presets.find((one) => one.label === label)?.untilMs ?? customEnd(text, zone, nowMs));
  };
  return (
    <>
      <fieldset>
        <legend className="sr-only">{t('duration')}</legend>
        {[...presets.map(({ label, untilMs }) => [label, untilMs] as const), [CUSTOM, null] as const].map(
          ([label, untilMs]) => (
            <label
              key={label}
              className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-1.5 hover:bg-hover"
            >
              <input
                type="radio"
                name={name}
                checked={chosen === label}
                onChange={() => choose(label, text)}
                className="size-4.5 shrink-0 accent-accent"
              />
              <span className="flex-1">{label === CUSTOM ? t('untilAnotherTime') : label}</span>
              {untilMs !== null && <span className="text-sm text-ink-3">{moment(untilMs, zone, nowMs)}</span>}
            </label>
          ),
        )}
      </fieldset>
      {chosen === CUSTOM && (
        <TextField
          label={t('until')}
          name="until"
          type="datetime-local"
          value={text}
          onChange={(event) => choose(CUSTOM, event.target.value)}
          error={props.missing === true ? t('enterDayTimeFuture') : undefined}
          hint={t('timeZone', { zone })}
        />
      )}
    </>
  );
}
