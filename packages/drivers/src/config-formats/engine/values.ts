import type { ConfigKey, SecretForm } from '../format.ts';
import { ChangeRefused } from './refusals.ts';
import { characterName } from './source-text.ts';

const SECRET_NAME = /pass(?:word|wd|phrase)?|secret|privatekey|pin(?:code)?$|community|nonce/i;

/** By the name of a setting; a table of fields knows more (Grandstream names are numbers). */
export function secretFormOf(name: string): SecretForm {
  return SECRET_NAME.test(name) ? 'plain' : 'none';
}

/** A password in an address or in a rule of provisioning, such as `[--uid u --pwd p]https://host/`. */
const CREDENTIALS = /:\/\/[^/\s@]{0,200}:[^/\s@]{0,200}@|--(?:pwd|key)\s/;

export function holdsCredentials(value: string | null): boolean {
  return value !== null && CREDENTIALS.test(value);
}

/** Throws where a value contains a control character or one of `refused`. */
export function checkCharacters(key: ConfigKey, value: string, refused: string, why: string): void {
  for (const character of value) {
    const code = character.codePointAt(0) ?? 0;
    const control = code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029;
    if (control || refused.includes(character)) {
      const name = characterName(character);
      throw new ChangeRefused(key, `the value of ${key} contains ${name}, which ${why}`, name);
    }
  }
}

/** Throws where a value contains anything beyond ASCII. */
export function checkAscii(key: ConfigKey, value: string, why: string): void {
  for (const character of value) {
    if ((character.codePointAt(0) ?? 0) < 0x80) continue;
    const name = characterName(character);
    throw new ChangeRefused(key, `the value of ${key} contains ${name}, which ${why}`, name);
  }
}
