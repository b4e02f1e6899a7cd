import type { AlarmMemory, StandingAlarm } from '../alert/alarms.ts';

/**
 * Joins the alarms of two records of one device. An alarm that stands on either record stands, under the ports of the
 * remaining record; an alarm of a port that the remaining record lacks is left out. `positions`: port of the former
 * record to port of the remaining one. Pure.
 */
export function joinAlarms(
  former: AlarmMemory,
  left: AlarmMemory,
  positions: ReadonlyMap<number, number>,
): AlarmMemory {
  const moved = <T extends { position: number | null }>(one: T): T[] => {
    const position = one.position === null ? null : positions.get(one.position);
    return position === undefined ? [] : [{ ...one, position }];
  };
  const standing = new Map(left.standing.map((alarm) => [alarm.key, alarm]));
  for (const alarm of former.standing.flatMap(moved)) {
    if (isOver(alarm, left)) continue;
    const other = standing.get(alarm.key);
    standing.set(alarm.key, other === undefined ? alarm : joined(alarm, other));
  }
  const cleared = new Map(left.cleared.map((one) => [one.key, one]));
  for (const one of former.cleared) if (one.at > (cleared.get(one.key)?.at ?? -Infinity)) cleared.set(one.key, one);
  const startedAt = Math.max(former.startedAt ?? -Infinity, left.startedAt ?? -Infinity);
  return {
    startedAt: Number.isFinite(startedAt) ? startedAt : null,
    standing: [...standing.values()].filter((alarm) => !isOver(alarm, former)),
    happened: [...former.happened.flatMap(moved), ...left.happened].toSorted((a, b) => a.at - b.at),
    cleared: [...cleared.values()],
  };
}

/** Whether the other record shows that the alarm ended: it was cleared, or the device restarted since. */
function isOver({ key, last }: StandingAlarm, { cleared, startedAt }: AlarmMemory): boolean {
  return (startedAt ?? -Infinity) >= last || cleared.some((one) => one.key === key && one.at >= last);
}

/** The newer alarm gives the state, the older one its start. */
function joined(a: StandingAlarm, b: StandingAlarm): StandingAlarm {
  const newer = a.last > b.last ? a : b;
  return { ...newer, since: Math.min(a.since, b.since) };
}
