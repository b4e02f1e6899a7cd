import { type DigitMap, evaluateDigitMap } from '../digit-maps/index.ts';

/** What a gateway does, short enough for a table: number or refusal, keys used, milliseconds after the last of them. */
export function onGateway(
  map: DigitMap,
  keys: string,
  pauseMs = 0,
  reading = 0,
): readonly [string | null, number, number] {
  const result = evaluateDigitMap(map, keys, pauseMs);
  if (!result.ok) throw new Error(`character ${result.error.position}: expected ${result.error.expected}`);
  const { number, refusal, keysUsed, afterMs } = result.readings[reading]!;
  return [number ?? refusal, keysUsed, afterMs];
}

/** Where the text of a map is wrong: line, position and what was expected; null where it is right. */
export function errorOf(map: DigitMap): readonly [number, number, string] | null {
  const result = evaluateDigitMap(map, '1');
  return result.ok ? null : [result.error.line, result.error.position, result.error.expected];
}
