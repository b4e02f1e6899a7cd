import type { LineDeviceClass } from '../../line/vocabulary.ts';
import { type EditableSettingLayer, fieldOf, fillIn, isFieldId, valueProblem } from '../../telephony/index.ts';
import type { ConfigEntryKind } from './entry.ts';

/** One change of one entry, as far as it can be wrong by itself. */
export interface ConfigItem {
  readonly layer: EditableSettingLayer;
  readonly kind: ConfigEntryKind;
  readonly name: string;
  readonly deviceClass: LineDeviceClass | null;
  readonly action: 'set' | 'unmanage' | 'reset';
  readonly value?: unknown;
}

export interface ItemProblem {
  readonly path: 'name' | 'value' | 'deviceClass' | 'place' | 'action';
  readonly expected: string;
}

const VARIABLE_NAME = /^[a-z][A-Za-z0-9.-]{0,39}$/;
const VARIABLE_VALUE_MAX = 255;

/**
 * What is wrong with a change of an entry; null: nothing. A value with `{variables}` is checked once they are filled in.
 * The rules of a dial plan have their own schema.
 */
export function configItemProblem(item: ConfigItem): ItemProblem | null {
  if ((item.action === 'set') !== (item.value !== undefined && item.value !== null))
    return { path: 'value', expected: item.action === 'set' ? 'a value' : 'no value' };
  if (item.kind === 'setting') return settingProblem(item);
  if (item.deviceClass !== null) return { path: 'deviceClass', expected: 'none, but for settings of ports' };
  if (item.action === 'unmanage') return { path: 'action', expected: 'set or reset, but for settings' };
  return item.kind === 'variable' ? variableProblem(item) : dialPlanProblem(item);
}

function settingProblem({ layer, name, deviceClass, action, value }: ConfigItem): ItemProblem | null {
  if (!isFieldId(name)) return { path: 'name', expected: 'a field of the telephony model' };
  const field = fieldOf(name);
  if (field.level === 'gateway' && layer === 'port')
    return { path: 'place', expected: 'no port: it holds for the whole gateway' };
  if (field.level === 'gateway' && deviceClass !== null)
    return { path: 'deviceClass', expected: 'none: it holds for the whole gateway' };
  if (action !== 'set') return null;
  if (field.variables === true && fillIn(value, {}).unknown.length > 0) return null;
  const expected = valueProblem(name, value);
  return expected === null ? null : { path: 'value', expected };
}

function variableProblem({ layer, name, action, value }: ConfigItem): ItemProblem | null {
  if (layer === 'port') return { path: 'place', expected: 'no port: its variables are given' };
  if (!VARIABLE_NAME.test(name)) return { path: 'name', expected: 'a name such as site.code' };
  if (action !== 'set') return null;
  const isText = typeof value === 'string' && value.length > 0 && value.length <= VARIABLE_VALUE_MAX;
  return isText ? null : { path: 'value', expected: `a text of at most ${VARIABLE_VALUE_MAX} characters` };
}

function dialPlanProblem({ layer, name }: ConfigItem): ItemProblem | null {
  if (layer !== 'operator') return { path: 'place', expected: 'the operator: dial plans are used by name' };
  return valueProblem('port.dialPlan', name) === null
    ? null
    : { path: 'name', expected: 'a name of at most 60 characters' };
}
