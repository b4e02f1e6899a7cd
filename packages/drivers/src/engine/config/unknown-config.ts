import type { DigitMapLanguage } from '../../digit-maps/index.ts';
import type { ConfigSlice } from '../slices/config.ts';
import { nothingElseVerified } from './reasons.ts';

/** The slice of a driver of whose configuration nothing can be written yet, so that its users see why. */
export function unknownConfig(
  models: readonly string[],
  { digitMap, reason }: { readonly digitMap: DigitMapLanguage | null; readonly reason: string },
): ConfigSlice {
  const notVerified = nothingElseVerified(reason, {});
  return { layouts: [{ name: 'unknown form', models, format: null, digitMap, mappings: {}, notVerified }] };
}
