import type { RegistrationState } from '@loopstart/domain';
import { enumOf, objectId } from '../../engine/codecs.ts';
import { misunderstood } from '../../engine/answers.ts';
import { column } from '../../engine/source.ts';
import type { PortResolver } from '../../engine/slices/ports.ts';
import { isAnswer, oidValue } from '../../engine/values.ts';

const CONNECTIVITY = '1.3.6.1.4.1.9.9.393.1';
const IF_INDEX = '1.3.6.1.2.1.2.2.1.1';

/** RowPointer to the port's row in ifTable, for example ifIndex.5; by cvcPortIndex. */
const association = column(`${CONNECTIVITY}.2.1.1.2`, 'cvcPortAssociation', objectId);
/** By cvcPortIndex and cvcCallAgentIndex. */
export const registrationStatus = column(
  `${CONNECTIVITY}.3.1.1.2`,
  'cvcRegistrationStatus',
  enumOf<RegistrationState>({ 1: null, 2: 'not-used', 3: 'registered', 4: 'unregistered', 5: 'rejected' }),
);

/** Last first: a port is registered where any of its call agents has it; standby agents do not count against it. */
const BEST_LAST: readonly RegistrationState[] = ['not-used', 'rejected', 'unregistered', 'registered'];

/** Registration of ports that a call agent controls (CISCO-VOICE-CONNECTIVITY-MIB). */
export const callAgentRegistration: PortResolver<'registration'> = {
  field: 'registration',
  scalars: [],
  columns: [association, registrationStatus],
  decode(answers, ports, sink) {
    const indexes = new Map(ports.map(({ key }, at) => [key, at]));
    const byPort = new Map<string, number>();
    for (const [key, value] of answers.columns.get(association.oid) ?? []) {
      const pointer = isAnswer(value) ? association.codec.decode(value) : undefined;
      const at = indexes.get(pointer?.slice(pointer.lastIndexOf('.') + 1) ?? '');
      if (at !== undefined) byPort.set(key, at);
    }
    const best = new Map<number, RegistrationState>();
    for (const [key, value] of answers.columns.get(registrationStatus.oid) ?? []) {
      const at = byPort.get(key.split('.')[0] ?? '');
      if (at === undefined || !isAnswer(value)) continue;
      const word = registrationStatus.codec.decode(value);
      if (word === undefined)
        sink.problem(`${registrationStatus.oid}.${key}`, misunderstood(registrationStatus, value));
      const before = best.get(at);
      if (word && (before === undefined || BEST_LAST.indexOf(word) > BEST_LAST.indexOf(before))) {
        best.set(at, word);
        sink.set(at, word);
      } else if (before === undefined) sink.miss(at, word === null ? 'not-applicable' : 'invalid-value');
    }
  },
  encode: ({ ports, states }) =>
    ports.flatMap(({ position, key }, at) => {
      const word = states[at]?.registration ?? null;
      const encoded =
        word === null
          ? undefined
          : (registrationStatus.codec.encode(word) ?? registrationStatus.codec.encode('unregistered'));
      return encoded === undefined
        ? []
        : [
            { oid: `${association.oid}.${position}`, value: oidValue(`${IF_INDEX}.${key}`) },
            { oid: `${registrationStatus.oid}.${position}.1`, value: encoded },
          ];
    }),
  words: ['not-used', 'registered', 'unregistered', 'rejected'],
};
