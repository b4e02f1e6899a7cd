import { createHash } from 'node:crypto';
import type { Capabilities, Inventory } from '@loopstart/contracts';
import { evidenceFor, type Driver, type Identity } from '@loopstart/drivers';
import type { BookEntry } from './gateway-book.ts';

export interface InventoryInput {
  gatewayId: string;
  address: string;
  driver: Driver;
  unknownHardware: boolean;
  pollIntervalMs: number;
  identity: Identity;
  /** The one before, of this run of the agent. */
  former: Inventory | null;
}

/** An inventory but for its revision. */
export type InventoryDraft = Omit<Inventory, 'revision'>;

/** Brings what a driver found into the form of the contract. */
export function draftInventory(input: InventoryInput): InventoryDraft {
  const { driver, identity, former } = input;
  return {
    gatewayId: input.gatewayId,
    address: input.address,
    driverId: driver.id,
    driverRevision: driver.revision,
    evidence: input.unknownHardware ? 'generic' : evidenceFor(driver, identity.gateway.model),
    unknownHardware: input.unknownHardware,
    pollIntervalMs: input.pollIntervalMs,
    gateway: identity.gateway,
    capabilities: keepProven(identity.capabilities, former, driver, identity.gateway.firmware),
    actions: [...identity.actions],
    ports: identity.ports,
  };
}

/** What a unit has measured once it can measure: one silent poll is no reason for a new revision. */
function keepProven(
  now: Capabilities,
  former: Inventory | null,
  driver: Driver,
  firmware: string | null,
): Capabilities {
  if (former === null || former.driverId !== driver.id || former.driverRevision !== driver.revision) return now;
  if (former.gateway.firmware !== firmware) return now;
  const kept = Object.entries(now).map(([field, state]) => {
    const before = former.capabilities[field as keyof Capabilities];
    return [field, state === 'unproven' && before === 'measured' ? 'measured' : state];
  });
  return Object.fromEntries(kept) as Capabilities;
}

/** What changes exactly when the inventory says something else. */
export function inventoryDigest(draft: InventoryDraft): string {
  return createHash('sha256').update(JSON.stringify(draft)).digest('hex');
}

/**
 * The revision of an inventory: the former while it says the same, else a greater one. At least the time in seconds, so
 * that an agent that replaces another, or lost its memory, does not begin below what the cloud has.
 */
export function nextRevision(known: BookEntry | null, gatewayId: string, digest: string, nowMs: number): number {
  if (known === null || known.gatewayId !== gatewayId) return Math.max(1, Math.floor(nowMs / 1000));
  if (known.inventoryDigest === digest) return known.revision;
  return Math.max(known.revision + 1, Math.floor(nowMs / 1000));
}
