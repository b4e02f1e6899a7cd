import { SnmpError } from './errors.ts';
import type { Oid, OutgoingNotification, SnmpTarget, SnmpValue, VarBind } from './types.ts';

export interface ColumnsOptions {
  maxRepetitions?: number;
  columnsPerPdu?: number;
  rowsMax?: number;
}
export interface WalkOptions {
  maxRepetitions?: number;
  valuesMax?: number;
}

export class SnmpClient {
  constructor(_options: { bindAddress?: string; now?: () => number } = {}) {}
  async get(_target: SnmpTarget, _oids: Oid[]): Promise<VarBind[]> {
    throw new SnmpError('closed', 'not opened');
  }
  async set(_target: SnmpTarget, _varbinds: VarBind[]): Promise<VarBind[]> {
    throw new SnmpError('closed', 'not opened');
  }
  async columns(
    _target: SnmpTarget,
    _columns: Oid[],
    _options: ColumnsOptions = {},
  ): Promise<Map<Oid, Map<string, SnmpValue>>> {
    throw new SnmpError('closed', 'not opened');
  }
  // eslint-disable-next-line require-yield
  async *walk(_target: SnmpTarget, _root: Oid, _options: WalkOptions = {}): AsyncIterable<VarBind> {
    throw new SnmpError('closed', 'not opened');
  }
  async notify(_target: SnmpTarget, _notification: OutgoingNotification): Promise<void> {
    throw new SnmpError('closed', 'not opened');
  }
  async close(): Promise<void> {}
}

export async function sendNotification(
  target: SnmpTarget,
  notification: OutgoingNotification,
  options: { bindAddress?: string } = {},
): Promise<void> {
  const client = new SnmpClient(options);
  try {
    await client.notify(target, notification);
  } finally {
    await client.close();
  }
}
