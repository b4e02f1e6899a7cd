import { Injectable } from '@nestjs/common';
import type { LineDeviceClass } from '@loopstart/domain';
import { Database } from '../../core/db/database.ts';
import type { Caller } from '../../core/http/implements.ts';
import { found } from '../../core/http/problem-error.ts';
import { AuditService } from '../../identity/audit/index.ts';
import { PortRepository } from '../../core/fleet/port.repository.ts';

/** What an operator may say of a port; absent: as it was. */
export interface PortChange {
  label?: string | null | undefined;
  number?: string | null | undefined;
  lineDeviceClass?: LineDeviceClass | undefined;
}

/** Changes of what the operator says about a line. */
@Injectable()
export class PortService {
  constructor(
    private readonly db: Database,
    private readonly audit: AuditService,
    private readonly ports: PortRepository,
  ) {}

  /** Writes the change down with who made it. Another line device makes another severity, so the gateway is counted anew. */
  async update(
    by: { caller: Caller; requestId: string },
    gatewayId: string,
    position: number,
    change: PortChange,
  ): Promise<void> {
    await this.db.tx(by.caller.scope, async (sql) => {
      const { rowCount } = await sql.query(
        `update port set label = case when $3 then $4 else label end, number = case when $5 then $6 else number end,
           line_device_class = coalesce($7, line_device_class)
         where gateway_id = $1 and "position" = $2 and removed_at is null`,
        [
          gatewayId,
          position,
          change.label !== undefined,
          change.label ?? null,
          change.number !== undefined,
          change.number ?? null,
          change.lineDeviceClass ?? null,
        ],
      );
      found(rowCount === 1 ? position : null);
      if (change.lineDeviceClass !== undefined) await this.ports.recount(sql, gatewayId);
      await this.audit.write(sql, by, {
        verb: 'update',
        subjectType: 'port',
        subjectId: `${gatewayId}/${position}`,
        change: { ...change },
      });
    });
  }
}
