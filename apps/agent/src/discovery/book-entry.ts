import {
  GatewayIdentity,
  GatewayInfo,
  modelOrNull,
  PortInfo,
  PortListState,
  PORTS_MAX,
  withKnownModel,
} from '@loopstart/contracts';
import { PORT_KINDS } from '@loopstart/domain';
import { z } from 'zod';
import { ID_BASES } from './gateway-id.ts';

const RequestSize = z.object({
  oids: z.int().min(1),
  values: z.int().min(1),
  bulk: z.boolean(),
  tryAtMs: z.number(),
  waitMs: z.number(),
});

/** A port bound to its number; see `bindPorts`. */
export const RememberedPort = z.object({
  position: z.int().min(1),
  key: z.string(),
  portKey: z.string().nullable(),
  kind: z.enum(PORT_KINDS),
  name: z.string().nullable(),
});

/** The stored data of the gateway at an address. */
export const BookEntry = z.object({
  gatewayId: z.uuid(),
  basis: z.enum(ID_BASES),
  name: z.string(),
  vendor: z.string(),
  model: z.string().nullable().transform(modelOrNull),
  driverId: z.string(),
  driverRevision: z.int(),
  firmware: z.string().nullable(),
  /** Revision of the inventory, and the digest of its content. */
  revision: z.int().min(1),
  inventoryDigest: z.string(),
  lastAnswerAt: z.number().nullable(),
  /** Its identity as last found: kept through readings that lack something. Null: not known, or by another version. */
  found: z
    .object({
      gateway: GatewayInfo.transform((gateway): GatewayInfo => withKnownModel(gateway)),
      ports: z.array(PortInfo),
      portList: PortListState.optional(),
    })
    .nullable()
    .default(null)
    .catch(null),
  /** The largest request it can answer, where that is less than a full one. */
  requestSize: RequestSize.nullable().default(null).catch(null),
  /** Marks that other units have too, and where: they do not identify this one. */
  spent: z.array(z.string()).max(16).default([]),
  conflict: GatewayIdentity.shape.conflict.default(null),
  formerGatewayId: GatewayIdentity.shape.formerGatewayId.default(null),
  /** Ports it had at any time. Absent in the file of an earlier version. */
  ports: z
    .array(RememberedPort)
    .max(2 * PORTS_MAX)
    .default([]),
});
export type BookEntry = z.infer<typeof BookEntry>;
