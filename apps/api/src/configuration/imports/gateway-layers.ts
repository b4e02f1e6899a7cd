import {
  applyEdits,
  type ConfigEdit,
  type ConfigEntry,
  type FieldId,
  fieldOf,
  type ImportEdit,
  sameValue,
} from '@loopstart/domain';
import { Injectable } from '@nestjs/common';
import type { Sql } from '../../core/db/database.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import type { BroughtEdit } from '../drafts/index.ts';
import { draftEdits, EntryRepository, type GatewayFacts, LayerStack, type ResolvedGateway } from '../entries/index.ts';

/** The layers of one gateway, with edits that are tried on them. */
export interface GatewayLayers {
  resolve(edits: readonly ImportEdit[]): ResolvedGateway;
  isSame(field: FieldId, given: unknown, found: unknown): boolean;
}

/** Layers in force, with the edits of a draft. */
@Injectable()
export class GatewayLayersReader {
  constructor(
    private readonly entries: EntryRepository,
    private readonly secrets: Secrets,
  ) {}

  async read(sql: Sql, operatorId: string, facts: GatewayFacts, draftId: string | null): Promise<GatewayLayers> {
    const shared = await this.entries.shared(sql, operatorId, null);
    const own = await this.entries.ofGateways(sql, operatorId, null, [facts.id]);
    const drafted = draftId === null ? [] : await draftEdits(sql, this.entries, operatorId, draftId);
    const entries = applyEdits([...shared, ...own], drafted);
    const plain = await this.entries.openSecrets(sql, operatorId, this.secrets, [facts.id]);
    return {
      resolve: (edits) =>
        new LayerStack(edits.length === 0 ? entries : applyEdits(entries, tried(edits, facts))).resolve(facts),
      // What stands for a secret is compared by the secret; that of another draft is not known, and is another one.
      isSame: (field, given, found) =>
        sameValue(fieldOf(field).secret === true ? (plain.get(String(given)) ?? given) : given, found),
    };
  }
}

/** The place of an edit in the words of entries. */
export const placeOf = (gatewayId: string, position: number | null): ConfigEntry['place'] =>
  position === null ? { layer: 'gateway', gatewayId } : { layer: 'port', gatewayId, position };

/** An edit of an import as drafts take it. */
export function broughtEdit(gatewayId: string, { field, position, action, value }: ImportEdit): BroughtEdit {
  return {
    place: placeOf(gatewayId, position) as BroughtEdit['place'],
    kind: 'setting',
    name: field,
    deviceClass: null,
    action,
    ...(action === 'set' && { value: value as NonNullable<BroughtEdit['value']> }),
    isSealed: false,
  };
}

/** Edits as they would stand after those of the draft. */
const tried = (edits: readonly ImportEdit[], { id }: GatewayFacts): ConfigEdit[] =>
  edits.map(({ field, position, action, value }, at) => ({
    id: `tried-${at}`,
    place: placeOf(id, position),
    kind: 'setting',
    name: field,
    deviceClass: null,
    action,
    value,
    isSealed: false,
    author: '',
    at: Number.MAX_SAFE_INTEGER,
    baseId: null,
  }));
