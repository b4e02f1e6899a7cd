import { Injectable } from '@nestjs/common';
import type { ConfigDocumentPlace } from '@loopstart/contracts';
import { plainMac } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { gatewayName } from '../../core/fleet/gateway-name.ts';
import { GatewayFactsRepository } from '../entries/index.ts';
import { type Directory, folded } from './place-of.ts';

/** What the names in a document may mean, as far as the caller sees it. */
@Injectable()
export class DirectoryRepository {
  constructor(private readonly gateways: GatewayFactsRepository) {}

  /** All customers, the sites of those that are named, and the gateways of named sites or with a named MAC or serial. */
  async of(sql: Sql, operatorId: string, places: readonly ConfigDocumentPlace[]): Promise<Directory> {
    const named = (key: 'customer' | 'site' | 'serial') => [
      ...new Set(places.flatMap((place) => (place[key] === undefined ? [] : folded(place[key])))),
    ];
    const { rows: customers } = await sql.query<Directory['customers'][number]>(
      'select id, name from customer where operator_id = $1 and archived_at is null order by name, id',
      [operatorId],
    );
    const { rows: sites } = await sql.query<Directory['sites'][number]>(
      `select s.id, s.name, s.customer_id as "customerId" from site s join customer k on k.id = s.customer_id
       where s.operator_id = $1 and s.archived_at is null and lower(k.name) = any ($2) order by s.name, s.id`,
      [operatorId, named('customer')],
    );
    const macs = places.flatMap(({ mac }) => (mac === undefined ? [] : plainMac(mac)));
    const { rows: ids } = await sql.query<{ id: string }>(
      `select g.id from gateway g join site s on s.id = g.site_id join customer k on k.id = s.customer_id
       where g.operator_id = $1 and g.retired_at is null and (lower(k.name) = any ($2) and lower(s.name) = any ($3)
         or g.mac_address = any ($4) or lower(g.serial) = any ($5)) order by ${gatewayName('g')}, g.id`,
      [operatorId, named('customer'), named('site'), macs, named('serial')],
    );
    const gateways = await this.gateways.some(
      sql,
      operatorId,
      ids.map(({ id }) => id),
    );
    return { customers, sites, gateways };
  }
}
