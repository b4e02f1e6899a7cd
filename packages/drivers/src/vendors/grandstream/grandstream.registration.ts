import type { RegistrationState } from '@loopstart/domain';
import type { Oid } from '@loopstart/snmp';
import { misunderstood } from '../../engine/answers.ts';
import type { PortResolver } from '../../engine/slices/ports.ts';
import type { Source } from '../../engine/source.ts';
import { isAnswer } from '../../engine/values.ts';

/**
 * Registration of the ports of an HT. A port that is not registered and has no SIP user, on a unit that reports those
 * of other ports, never had an account: it is not in use. On a unit that reports no users at all this stays unknown.
 */
export function htRegistration(
  base: Oid,
  status: Source<RegistrationState>,
  user: Source<string>,
): PortResolver<'registration'> {
  return {
    field: 'registration',
    scalars: [],
    columns: [status, user],
    decode(answers, ports, sink) {
      const states = answers.columns.get(status.oid);
      const users = answers.columns.get(user.oid);
      const reportsUsers = [...(users?.values() ?? [])].some((value) => isAnswer(value) && !!user.codec.decode(value));
      ports.forEach(({ key }, at) => {
        const value = states?.get(key);
        if (!isAnswer(value)) return;
        const word = status.codec.decode(value);
        if (word === undefined) sink.problem(`${status.oid}.${key}`, misunderstood(status, value));
        if (!word) return sink.miss(at, word === null ? 'not-applicable' : 'invalid-value');
        const own = users?.get(key);
        const hasUser = isAnswer(own) && !!user.codec.decode(own);
        sink.set(at, word === 'unregistered' && reportsUsers && !hasUser ? 'not-used' : word);
      });
    },
    encode: ({ ports, states }) =>
      ports.flatMap(({ key }, at) => {
        const word = states[at]?.registration;
        const value = word ? status.codec.encode(word === 'not-used' ? 'unregistered' : word) : undefined;
        return value === undefined ? [] : [{ oid: `${base}.2.2.${key}`, value }];
      }),
    ...(status.codec.words && { words: status.codec.words }),
  };
}
