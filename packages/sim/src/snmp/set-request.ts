import type { PortInfo } from '@loopstart/contracts';
import { ERROR_STATUS, oidStartsWith, type VarBind } from '@loopstart/snmp';
import { WRITABLE, type Effect, type Pending, type WritableObject } from './writable-objects.ts';

/** The effect of a SET, in the order of its varbinds, or why the whole of it is refused (RFC 3416 section 4.2.5). */
export type SetVerdict =
  | { effects: { effect: Exclude<Effect, 'nothing'>; position: number | null }[] }
  | { errorStatus: number; errorIndex: number };

/**
 * Checks a SET as the agent of the vendor's gateway would: every varbind must name a writable object and an existing
 * row, and have a value of the object's type and syntax; otherwise nothing is written. `pending` keeps values that wait
 * for a commit, and is changed only where the SET is accepted.
 */
export function judgeSet(
  driverId: string,
  ports: readonly PortInfo[],
  pending: Pending,
  varbinds: readonly VarBind[],
): SetVerdict {
  const taken: { object: WritableObject; value: number; row: string; position: number | null }[] = [];
  for (const [at, { oid, value }] of varbinds.entries()) {
    const refuse = (status: keyof typeof ERROR_STATUS) => ({ errorStatus: ERROR_STATUS[status], errorIndex: at + 1 });
    const object = WRITABLE[driverId]?.find((known) => oidStartsWith(oid, known.oid));
    if (object === undefined) return refuse('notWritable');
    const row = oid.slice(object.oid.length + 1);
    const port = ports.find(({ key, kind }) => key === row && object.rows?.includes(kind));
    if (object.rows === undefined ? row !== '' : port === undefined) return refuse('noCreation');
    if (value.type !== object.type) return refuse('wrongType');
    if (!object.values.includes(value.value)) return refuse('wrongValue');
    taken.push({ object, value: value.value, row, position: port?.position ?? null });
  }
  const effects = taken.flatMap(({ object, value, row, position }) => {
    const effect = object.effect(value, pending, row);
    return effect === 'nothing' ? [] : [{ effect, position }];
  });
  return { effects };
}
