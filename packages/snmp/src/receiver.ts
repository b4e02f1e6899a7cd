import { SnmpError } from './errors.ts';
import type { Notification, Peer, UserCredentials } from './types.ts';

export interface NotificationReceiverOptions {
  engineId: Uint8Array;
  engineBoots: number;
  communities: () => Iterable<string>;
  users: () => Iterable<UserCredentials>;
  onNotification: (notification: Notification) => Promise<void> | void;
  onRefused?: (reason: string, from: Peer) => void;
  now?: () => number;
}

export class NotificationReceiver {
  readonly counters: Readonly<Record<string, number>> = {};
  constructor(_options: NotificationReceiverOptions) {}
  async listen(_port: number, _address?: string): Promise<{ port: number }> {
    throw new SnmpError('closed', 'not opened');
  }
  async close(): Promise<void> {}
}
