import type { Oid } from '@loopstart/snmp';
import { oidStartsWith } from '@loopstart/snmp';
import type { NotificationInput, NotificationRule, PortImplication } from '../../engine/slices/notifications.ts';
import { isAnswer } from '../../engine/values.ts';
import { hookText, registrationText } from './grandstream.words.ts';

/**
 * TimedTrap (GS-HT8XX-MIB), timedTrap (GS-GXW42XX-MIB): sent periodically, with the hook and registration of all ports.
 */
export function timedTrap(base: Oid): NotificationRule {
  return {
    trapOid: `${base}.5.1`,
    object: 'timedTrap',
    pollNow: false,
    means: [{ kind: 'keep-alive', about: 'gateway', keyed: false }],
    carries: { [`${base}.1`]: 'partNo', [`${base}.3.4`]: 'versionProg' },
    interpret: (input) => ({
      kind: 'keep-alive',
      severity: 'info',
      position: null,
      text: 'The gateway reported its state by the clock.',
      alarmKey: null,
      others: statesIn(input, base),
    }),
    encode: (wish) => (wish.kind === 'keep-alive' && wish.position === null ? [] : null),
  };
}

function statesIn({ varbinds }: NotificationInput, base: Oid): PortImplication[] {
  const ports = new Map<number, PortImplication>();
  for (const { oid, value } of varbinds) {
    if (!isAnswer(value)) continue;
    for (const [column, field, codec] of [
      [`${base}.2.1`, 'hook', hookText],
      [`${base}.2.2`, 'registration', registrationText],
    ] as const) {
      if (!oidStartsWith(oid, column)) continue;
      const position = Number(oid.slice(column.length + 1).split('.')[0]);
      const word = codec.decode(value);
      if (word) ports.set(position, { ...ports.get(position), position, [field]: word });
    }
  }
  return [...ports.values()];
}
