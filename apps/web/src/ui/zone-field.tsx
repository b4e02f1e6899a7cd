'use client';

import { useId, useMemo } from 'react';
import { TextField } from './field.tsx';

/** Any IANA zone can be typed; those the browser knows are offered. */
export function ZoneField(props: {
  name: string;
  error: string | undefined;
  hint?: string;
  defaultValue?: string;
  value?: string;
  onChange?: (zone: string) => void;
}) {
  const id = useId();
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), []);
  const { onChange, value, defaultValue } = props;
  return (
    <>
      <TextField
        label="Time zone"
        name={props.name}
        list={id}
        {...(value === undefined ? { defaultValue } : { value })}
        {...(onChange === undefined ? {} : { onChange: (event) => onChange(event.target.value) })}
        error={props.error}
        hint={props.hint ?? 'As an IANA name, such as Europe/London.'}
      />
      <datalist id={id}>
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </datalist>
    </>
  );
}
