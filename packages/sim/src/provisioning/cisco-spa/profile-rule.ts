import type { Login } from '../faces/digest.ts';
import type { UnitIdentity } from '../firmware.ts';

/** A `Profile_Rule` or `Report_Rule`: options in brackets, then a URL with macros. */
export interface ProfileRule {
  readonly url: string;
  readonly login: Login | null;
  readonly options: ReadonlySet<string>;
}

/** Reads a rule such as `[--uid u --pwd p]http://host/$MA.xml`; null for an empty one. */
export function readRule(rule: string, unit: UnitIdentity): ProfileRule | null {
  const [, inside = '', path = ''] = /^\s*(?:\[([^\]]*)\])?\s*(\S*)\s*$/.exec(rule) ?? [];
  if (path === '') return null;
  const words = inside.split(/\s+/);
  const after = (word: string) => (words.includes(word) ? (words[words.indexOf(word) + 1] ?? '') : null);
  const username = after('--uid');
  const macros: Readonly<Record<string, string>> = {
    MAU: unit.mac.toUpperCase(),
    MA: unit.mac,
    PSN: unit.model.replace(/\D/g, ''),
    PN: unit.model,
    SN: unit.serial,
    SWVER: unit.firmware,
  };
  return {
    url: path.replaceAll(/\$(MAU|MA|PSN|PN|SN|SWVER)/g, (_, name: string) => macros[name] ?? ''),
    login: username === null ? null : { username, password: after('--pwd') ?? '' },
    options: new Set(words.filter((word) => word.startsWith('--'))),
  };
}
