import { Injectable } from '@nestjs/common';
import { plainMac } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { gatewayName } from '../../core/fleet/gateway-name.ts';
import { GatewayFactsRepository } from '../entries/index.ts';
import type { CsvRow } from './read-rows.ts';
import type { CsvGateway } from './row-edits.ts';

/** Gateways by what rows name them by. */
@Injectable()
export class CsvGatewaysRepository {
  constructor(private readonly gateways: GatewayFactsRepository) {}

  async named(sql: Sql, operatorId: string, rows: readonly CsvRow[]): Promise<CsvGateway[]> {
    const of = (column: 'gateway' | 'mac' | 'serial') => [
      ...new Set(rows.flatMap(({ cells }) => cells.get(column)?.toLowerCase() ?? [])),
    ];
    const { rows: found } = await sql.query<{ id: string }>(
      `select g.id from gateway g where g.operator_id = $1 and g.retired_at is null
         and (lower(${gatewayName('g')}) = any ($2) or g.mac_address = any ($3) or lower(g.serial) = any ($4))`,
      [operatorId, of('gateway'), of('mac').map(plainMac), of('serial')],
    );
    const facts = await this.gateways.some(
      sql,
      operatorId,
      found.map(({ id }) => id),
    );
    return facts.map(({ id, name, macAddress, serial, ports }) => ({
      id,
      name,
      mac: macAddress === null ? null : plainMac(macAddress),
      serial,
      ports,
    }));
  }
}
