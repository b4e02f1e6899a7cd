import type { FieldValue } from '@loopstart/domain';

/**
 * What the key of the line's electrical values means. The codes of the two families differ: 4 is CTR21 with HT8xx and
 * France with GXW42xx. China and Japan have two codes with HT8xx, for an exchange and for a PBX, so they are refused.
 */
export const IMPEDANCES_HT = {
  '600-ohm': '0',
  '900-ohm': '1',
  etsi: '4',
  'united-kingdom': '10',
  australia: '11',
} as const;
export const IMPEDANCES_GXW = {
  '600-ohm': '0',
  'united-kingdom': '12',
  australia: '13',
  china: '14',
  japan: '8',
} as const;

type Row = readonly [string, FieldValue<'line.callerIdStandard'>, FieldValue<'line.callerIdMoment'> | null];

const BOTH: readonly Row[] = [
  ['0', 'bellcore-fsk', 'during-ringing'],
  ['1', 'etsi-fsk', 'during-ringing'],
  ['2', 'etsi-fsk', 'before-ringing-dtas'],
  ['3', 'etsi-fsk', 'before-ringing-reversal-dtas'],
  ['4', 'etsi-fsk', 'before-ringing-pulse'],
  ['5', 'etsi-dtmf', 'during-ringing'],
  ['6', 'etsi-dtmf', 'before-ringing-dtas'],
  ['7', 'etsi-dtmf', 'before-ringing-reversal-dtas'],
  ['8', 'etsi-dtmf', 'before-ringing-pulse'],
  ['9', 'bt-fsk', null],
  ['10', 'ntt-fsk', null],
];

/** Caller ID schemes. Of the two Danish ones, only that without a reversal is a value of the model. */
export const callerIdRows = (isGxw: boolean): readonly Row[] =>
  isGxw ? BOTH : [...BOTH, ['11', 'dtmf-denmark', null], ['13', 'dtmf-sweden', null], ['14', 'dtmf-brazil', null]];
