import { decodeSource } from './engine/source-text.ts';
import type { ConfigError, ConfigFormatId } from './format.ts';
import { signatureOf } from './signatures.ts';

/** What a file is, for import; the format named may still refuse it. */
export type IdentifiedConfig =
  | { readonly format: ConfigFormatId; readonly name: string }
  | { readonly format: null; readonly error: ConfigError };

/** By the first statement of a file. Eltex TAU has no format here: no file of it is known to the public. */
export function identifyConfig(bytes: Uint8Array): IdentifiedConfig {
  const decoded = decodeSource(bytes);
  if (!decoded.ok) {
    const [error] = decoded.errors;
    return { format: null, error: error ?? { line: null, expected: 'text', found: 'something else' } };
  }
  const signature = signatureOf(decoded.source.text);
  if (signature.id !== null) return { format: signature.id, name: signature.name };
  const { line, reason } = signature;
  return { format: null, error: { line, expected: 'the configuration of a known gateway', found: reason } };
}
