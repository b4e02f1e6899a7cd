import { createHash } from 'node:crypto';
import type { Capabilities, GatewayIdentity, Inventory, PortListState } from '@loopstart/contracts';
import type { Driver } from '@loopstart/drivers';
import type { BookEntry } from './book-entry.ts';
import type { GatewayBook } from './gateway-book.ts';
import type { KnownIdentity } from './gateway-id.ts';
import type { Recognised } from './recognise.ts';

export interface InventoryInput extends Pick<Recognised, 'driver' | 'unknownHardware' | 'identity'> {
  gatewayId: string;
  address: string;
  pollIntervalMs: number;
  /** Whether the agent may write to it; null where only an attempt shows it. */
  canWrite: boolean | null;
  /** The former inventory of this run of the agent. */
  former: Inventory | null;
  /** The identity of the gateway. */
  known: GatewayIdentity;
  /** Completeness of the ports of `identity`. */
  portList: PortListState;
}

/** An inventory without its revision. */
export type InventoryDraft = Omit<Inventory, 'revision'>;

/** Converts a driver's result into the form of the contract. */
export function draftInventory(input: InventoryInput): InventoryDraft {
  const { driver, identity, former } = input;
  return {
    gatewayId: input.gatewayId,
    address: input.address,
    driverId: driver.id,
    driverRevision: driver.revision,
    evidence: input.unknownHardware ? 'generic' : identity.evidence,
    unknownHardware: input.unknownHardware,
    pollIntervalMs: input.pollIntervalMs,
    gateway: { ...identity.gateway, model: withoutVendor(identity.gateway.model, identity.gateway.vendor) },
    identity: input.known,
    capabilities: keepProven(identity.capabilities, former, driver, identity.gateway.firmware),
    actions: [...identity.actions],
    idleEvidence: identity.idleEvidence,
    canWrite: input.canWrite,
    ports: identity.ports,
    portList: input.portList,
  };
}

/** The model without the vendor's name: some units report the vendor as a part of it. */
function withoutVendor(model: string | null, vendor: string): string | null {
  if (model === null) return null;
  const repeated = model.toLowerCase().startsWith(`${vendor.toLowerCase()} `);
  return (repeated && model.slice(vendor.length).trim()) || model;
}

/** A field that a unit has measured stays `measured`: one poll without it is no reason for a new revision. */
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

/** A digest that changes exactly when the inventory's content does. */
export function inventoryDigest(draft: InventoryDraft): string {
  return createHash('sha256').update(JSON.stringify(draft)).digest('hex');
}

/** Revisions are counted from here in minutes; they stay far below 32 bits. */
const REVISIONS_SINCE_MS = Date.UTC(2020, 0, 1);

/**
 * The revision of an inventory: the former one while the content is the same, else a greater one. At least the time in
 * minutes, so that an agent that replaces another, or lost its data, does not begin below the cloud's revision.
 */
export function nextRevision(
  known: Pick<BookEntry, 'gatewayId' | 'inventoryDigest' | 'revision'> | null,
  gatewayId: string,
  digest: string,
  nowMs: number,
): number {
  const byTime = Math.max(1, Math.floor((nowMs - REVISIONS_SINCE_MS) / 60_000));
  if (known === null || known.gatewayId !== gatewayId) return byTime;
  return known.inventoryDigest === digest ? known.revision : Math.max(known.revision + 1, byTime);
}

/** Gives an inventory its revision and stores it under the endpoint where it was found. */
export function enterInventory(
  book: GatewayBook,
  endpoint: string,
  id: KnownIdentity,
  draft: InventoryDraft,
  kept: Pick<BookEntry, 'ports' | 'spent'>,
  nowMs: number,
): Inventory {
  const digest = inventoryDigest(draft);
  const revision = nextRevision(book.get(endpoint), id.gatewayId, digest, nowMs);
  const { gateway, ports, portList } = draft;
  const { vendor, model, firmware } = gateway;
  const { driverId, driverRevision } = draft;
  const known = { vendor, model, firmware, driverId, driverRevision };
  const found = { gateway, ports, ...(portList === undefined ? {} : { portList }) };
  const requestSize = book.get(endpoint)?.requestSize ?? null;
  const { gatewayId, basis, name } = id;
  book.set(endpoint, {
    gatewayId,
    basis,
    name,
    ...known,
    revision,
    inventoryDigest: digest,
    lastAnswerAt: nowMs,
    found,
    requestSize,
    ...kept,
    conflict: draft.identity?.conflict ?? null,
    formerGatewayId: draft.identity?.formerGatewayId ?? null,
  });
  return { ...draft, revision };
}
