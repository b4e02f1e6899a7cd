'use client';

import { useMemo, useState } from 'react';
import { useNow } from '../lib/clock/now.tsx';
import { findZones, zoneWord } from '../lib/format/zones.ts';
import { NONE_FOUND } from './multi-choice.tsx';
import { PickOne } from './pick-one.tsx';
import { t } from '../messages/common.ts';

const HOUR_MS = 3_600_000;

/** One of the time zones that the browser knows, found by typing a part of a city or region. */
export function ZoneField(props: {
  name: string;
  error: string | undefined;
  hint?: string;
  /** Empty: none is chosen yet. */
  value: string;
  onChange: (zone: string) => void;
}) {
  const [find, setFind] = useState('');
  const nowMs = useNow(HOUR_MS);
  const { value } = props;
  // UTC is a choice like any other, but nobody's default.
  const zones = useMemo(() => [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])], []);
  const { found, more } = findZones(zones, find);
  return (
    <PickOne
      legend={t('timeZone')}
      name={props.name}
      options={found.map((zone) => [zone, zoneWord(zone, nowMs)] as const)}
      find={find}
      onFind={setFind}
      note={found.length === 0 ? NONE_FOUND : more > 0 ? t('moreTypeCityFind', { more }) : undefined}
      value={value}
      word={value === '' ? undefined : zoneWord(value, nowMs)}
      onChange={props.onChange}
      error={props.error}
      hint={props.hint}
    />
  );
}
