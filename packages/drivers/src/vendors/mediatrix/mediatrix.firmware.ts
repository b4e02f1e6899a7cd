import { enumOf, text } from '../../engine/codecs.ts';
import { column } from '../../engine/source.ts';
import type { TextResolver } from '../../engine/slices/gateway.ts';
import { integerValue, isAnswer, textValue } from '../../engine/values.ts';

/** Version of the active firmware pack (MX-FPU-MIB): the row whose bank is in use, main or recovery. */
export function firmwareInUse(entry: string): TextResolver {
  const version = column(`${entry}.200`, 'mfpInstalledInfoMfpVersion', text(128));
  const bank = column(
    `${entry}.300`,
    'mfpInstalledInfoMfpBank',
    enumOf({ 100: 'idle', 200: 'idle', 300: 'idle', 400: 'in-use', 500: 'in-use' }),
  );
  return {
    field: 'firmware',
    columns: [version, bank],
    decode(answers) {
      for (const [key, value] of answers.columns.get(bank.oid) ?? []) {
        const found = answers.columns.get(version.oid)?.get(key);
        if (isAnswer(value) && bank.codec.decode(value) === 'in-use' && isAnswer(found)) {
          return version.codec.decode(found) ?? null;
        }
      }
      return null;
    },
    encode: (value) => [
      { oid: `${version.oid}.3.68.103.119`, value: textValue(value) },
      { oid: `${bank.oid}.3.68.103.119`, value: integerValue(400) },
    ],
  };
}
