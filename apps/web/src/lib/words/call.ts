import type { CallRecord } from '@loopstart/contracts';
import { t } from '../../messages/calls.ts';

export const CALL_PROGRESS_WORDS: Record<CallRecord['progress'], string> = t.group('progressWords');
export const CALL_DIRECTION_WORDS: Record<NonNullable<CallRecord['direction']>, string> = t.group('directionWords');
export const CALL_QUALITY_WORDS: Record<NonNullable<CallRecord['qualityBand']> | 'not-measured', string> =
  t.group('qualityWords');
export const CALL_FAX_WORDS: Record<'yes' | 'no' | 'not-known', string> = t.group('faxWords');
export const CALL_SIDE_WORDS: Record<NonNullable<CallRecord['endedBy']>, string> = t.group('sideWords');
export const CALL_FORMAT_WORDS: Record<CallRecord['format'], string> = t.group('formatWords');
export const CALL_WHY_WORDS: Record<CallRecord['nulls'][string], string> = t.group('why');
