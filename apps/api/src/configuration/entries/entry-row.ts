import { type ConfigEditAction, type ConfigEntry, type EntryPlace, isSecretEntry, placeKey } from '@loopstart/domain';
import { fields, type RowOf } from '../../core/db/fields.ts';

const ENTRY = fields('ConfigEntry', 'e', [
  'id',
  'layer',
  'customerId',
  'siteId',
  'gatewayId',
  'position',
  'vendor',
  'model',
  'kind',
  'name',
  'deviceClass',
  'action',
  'value',
  'isSealed',
  'authorId',
  'authorName',
  'at',
  'draftId',
  'baseId',
  'fromRevision',
  'untilRevision',
]);
/** The columns of an entry `e`; the secret is not among them. */
export const ENTRY_COLUMNS = `${ENTRY}, e.secret is not null as "hasSecret"`;
export type EntryRow = RowOf<typeof ENTRY> & { hasSecret: boolean };

/** An entry as it is stored. The value of a secret is a handle that stands for it. */
export interface StoredEntry extends ConfigEntry {
  readonly action: ConfigEditAction;
  readonly isSecret: boolean;
  readonly authorId: string | null;
  readonly baseId: string | null;
  readonly fromRevision: number | null;
  readonly untilRevision: number | null;
}

export function toEntry(row: EntryRow): StoredEntry {
  const { id, kind, name, deviceClass, action, isSealed, authorId, baseId, fromRevision, untilRevision } = row;
  return {
    id,
    place: placeOf(row),
    kind,
    name,
    deviceClass,
    action,
    value: row.hasSecret ? handleOf(id) : row.value,
    isSecret: isSecretEntry(row),
    isSealed,
    author: row.authorName,
    authorId,
    at: row.at.getTime(),
    baseId,
    fromRevision,
    untilRevision,
  };
}

/**
 * Stands for a secret where its value is not needed: valid as one, as long as the shortest of their fields, and different
 * for each entry, so that another secret is another value.
 */
export const handleOf = (id: string): string => id.replaceAll('-', '').slice(0, 30);

function placeOf(row: EntryRow): EntryPlace {
  switch (row.layer) {
    case 'operator':
      return { layer: 'operator' };
    case 'customer':
      return { layer: 'customer', customerId: row.customerId! };
    case 'site':
      return { layer: 'site', siteId: row.siteId! };
    case 'gateway-model':
      return { layer: 'gateway-model', vendor: row.vendor!, model: row.model! };
    case 'gateway':
      return { layer: 'gateway', gatewayId: row.gatewayId! };
    case 'port':
      return { layer: 'port', gatewayId: row.gatewayId!, position: row.position! };
  }
}

/** The columns of a place. */
export function placeColumns(place: EntryPlace) {
  return {
    place: placeKey(place),
    layer: place.layer,
    customer_id: place.layer === 'customer' ? place.customerId : null,
    site_id: place.layer === 'site' ? place.siteId : null,
    gateway_id: place.layer === 'gateway' || place.layer === 'port' ? place.gatewayId : null,
    position: place.layer === 'port' ? place.position : null,
    vendor: place.layer === 'gateway-model' ? place.vendor : null,
    model: place.layer === 'gateway-model' ? place.model : null,
  };
}
