import type { Secrets } from '../../../core/secret/secrets.ts';
import type { PkiService } from '../../pki/index.ts';
import type { InventoryRepository } from '../store/inventory.repository.ts';
import type { RowEncoders } from '../store/row-encoders.ts';
import { action } from './action.ts';
import { alarms } from './alarms.ts';
import { calls } from './calls.ts';
import { events } from './events.ts';
import { gap } from './gap.ts';
import { gatewayConfig } from './gateway-config.ts';
import { health } from './health.ts';
import { inventory } from './inventory.ts';
import { merged } from './merged.ts';
import type { AnyMessageKind } from './message-kind.ts';
import { reachability } from './reachability.ts';
import { renew } from './renew.ts';
import { reports } from './reports.ts';
import { runningConfig } from './running-config.ts';
import { unchanged } from './unchanged.ts';

/** Dependencies of the kinds; a new kind takes from here what it needs. */
export interface KindDependencies {
  pki: PkiService;
  inventories: InventoryRepository;
  encoders: RowEncoders;
  secrets: Secrets;
}

/** Every kind of message, in the order in which their rows are written. */
export function messageKinds({ pki, inventories, encoders, secrets }: KindDependencies): AnyMessageKind[] {
  return [
    renew(pki),
    inventory(inventories),
    reports,
    unchanged,
    reachability,
    gap,
    alarms,
    events(encoders),
    calls,
    action,
    runningConfig(secrets),
    gatewayConfig,
    health,
    merged,
  ];
}
