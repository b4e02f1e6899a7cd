import type { ConfigLine } from '@loopstart/contracts';
import { t as settings } from '../../../messages/setting-words.ts';
import { t as configuration } from '../../../messages/configuration.ts';
import { t } from '../../../messages/config-lines.ts';
import { settingWords } from '../setting/setting-words.ts';
import { type CellChange, isSecretField, type LineCell } from './sheet.ts';

/** What a cell shows. */
export function cellText({ field, value }: LineCell, change: CellChange | undefined): string {
  if (change === undefined) return value === null ? '' : settingWords(field, value);
  if (change.text === null) return '';
  if (isSecretField(field)) return t('newSecret');
  if (field !== 'port.enabled') return change.text;
  return change.text === 'true' ? settings('yes') : change.text === 'false' ? settings('no') : change.text;
}

/** What is to know about a cell: what is wrong, what becomes of it, or where its value comes from. */
export function cellNote(cell: LineCell, change: CellChange | undefined, problem: string | undefined): string {
  if (problem !== undefined) return t('expected', { expected: problem.replace(/^expected /, '') });
  if (change !== undefined) return t(change.text === null ? 'willBeTakenAway' : 'notSaved');
  if (cell.inDraft === 'reset') return t('goesWithDraft');
  if (cell.inDraft !== null) return t('inDraft');
  if (cell.origin === null) return t('notSet');
  if (cell.origin.layer === 'port') return t('setHere');
  return t('inherited', { layer: configuration.group('layers')[cell.origin.layer], name: cell.origin.layerName });
}

/** A line, in few words. */
export const lineName = ({ gateway, position, label, number }: ConfigLine): string =>
  t('lineName', { gateway: gateway.name, position, what: label ?? number ?? '' });
