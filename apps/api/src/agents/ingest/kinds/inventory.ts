import type { Inventory } from '@loopstart/contracts';
import { bindInventory, type WirePositions } from '../decide/port-numbers.ts';
import { blankCurrent, type LaidPort, WorkingGateway } from '../decide/working-gateway.ts';
import type { Received } from '../item.ts';
import type { InventoryRepository } from '../store/inventory.repository.ts';
import type { MessageKindOf } from './message-kind.ts';

/** An inventory under our known numbers of its ports. */
type BoundInventory = Received<Inventory> & { wirePositions: WirePositions | null };

/** Identity of a gateway and its ports. The first one creates the gateway, each defines its ports again. */
export const inventory = (store: InventoryRepository): MessageKindOf<'inventory', BoundInventory[]> => ({
  kind: 'inventory',

  needs(body, agentId, needs) {
    needs.ports(needs.gateway(body.gatewayId, agentId));
    needs.holders.add(agentId);
  },

  open: () => [],

  apply({ item, sender, body: reported }, batch, rows, refusals) {
    const gatewayId = reported.gatewayId.toLowerCase();
    const positions = new Set(reported.ports.map((port) => port.position));
    if (positions.size !== reported.ports.length) {
      refusals.add('invalid', `gateway ${gatewayId}: two ports have the same position`);
      return;
    }
    if (!batch.access.take(gatewayId, reported.ports.length, sender, refusals)) return;
    const bound = bindInventory(reported, batch.ports.get(gatewayId) ?? []);
    const { stored, wirePositions } = bound;
    batch.ports.set(gatewayId, stored);
    const devices = new Map(stored.map((port) => [port.position, port]));
    const ports: LaidPort[] = bound.inventory.ports.map(({ position }) => ({
      position,
      device: devices.get(position)?.device ?? 'unknown',
      registered: devices.get(position)?.registered ?? false,
    }));
    const working =
      batch.gateways.get(gatewayId)?.working ??
      new WorkingGateway(blankCurrent(gatewayId, sender.operatorId), sender.siteId, []);
    working.layOut(reported.revision, ports, reported.portList === 'confirmed');
    batch.gateways.set(gatewayId, {
      operatorId: sender.operatorId,
      siteId: sender.siteId,
      agentId: sender.agentId,
      holderGone: false,
      revision: reported.revision,
      portCount: ports.length,
      wirePositions,
      working,
    });
    rows.push({ item, sender, body: bound.inventory, wirePositions });
  },

  async writeFirst(sql, rows, batch) {
    await store.write(sql, rows, (id) => batch.portsOf(id));
    for (const { sender, body } of rows) {
      const gatewayId = body.gatewayId.toLowerCase();
      batch.publish(sender.operatorId, { type: 'inventory', gatewayId, siteId: sender.siteId });
    }
  },
});
