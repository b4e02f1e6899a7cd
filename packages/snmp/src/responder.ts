import { SnmpError } from './errors.ts';
import type { InterceptedRequest, Interception, MibView, SnmpCredentials } from './types.ts';

export interface SnmpResponderOptions {
  view: MibView;
  credentials: SnmpCredentials[];
  engineId: Uint8Array;
  engineBoots?: number;
  maxVarbinds?: number;
  maxBytes?: number;
  intercept?: (request: InterceptedRequest) => Interception;
  now?: () => number;
}

export class SnmpResponder {
  constructor(_options: SnmpResponderOptions) {}
  async listen(_port: number, _address?: string): Promise<{ port: number }> {
    throw new SnmpError('closed', 'not opened');
  }
  async close(): Promise<void> {}
}
