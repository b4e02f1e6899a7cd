import type { FaultReason } from '@loopstart/domain';
import type { Oid } from '@loopstart/snmp';
import { misunderstood } from '../../engine/answers.ts';
import { enumOf } from '../../engine/codecs.ts';
import { column } from '../../engine/source.ts';
import type { PortResolver } from '../../engine/slices/ports.ts';
import { isAnswer } from '../../engine/values.ts';

/**
 * Whether the exchange line on an FXO port is present (MX-POTS-MIB). Unknown where the verification is switched off.
 * The table has no FXS lines: this vendor reports no faults of those.
 */
export function exchangeLine(oid: Oid): PortResolver<'fault'> {
  const link = column(
    oid,
    'fxoLinkStateLinkState',
    enumOf<FaultReason>({ 100: null, 200: 'none', 300: 'no-exchange-line' }),
  );
  return {
    field: 'fault',
    kind: 'fxo',
    scalars: [],
    columns: [link],
    decode(answers, ports, sink) {
      const cells = answers.columns.get(oid);
      ports.forEach(({ kind, key }, at) => {
        if (kind === 'fxs') return sink.miss(at, 'not-supported');
        const value = cells?.get(key);
        if (!isAnswer(value)) return;
        const word = link.codec.decode(value);
        if (word) return sink.set(at, word);
        sink.miss(at, word === null ? 'not-applicable' : 'invalid-value');
        if (word === undefined) sink.problem(`${oid}.${key}`, misunderstood(link, value));
      });
    },
    encode: ({ ports, states }) =>
      ports.flatMap(({ kind, key }, at) => {
        const word = states[at]?.fault ?? null;
        const value = kind === 'fxs' || word === null ? undefined : link.codec.encode(word);
        return value === undefined ? [] : [{ oid: `${oid}.${key}`, value }];
      }),
    words: ['none', 'no-exchange-line'],
  };
}
