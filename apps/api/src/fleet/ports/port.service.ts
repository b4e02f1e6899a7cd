import { Injectable } from '@nestjs/common';
import { found } from '../../core/http/problem-error.ts';
import { type By, Changes, former } from '../../identity/audit/index.ts';
import { type PortChange, PortRepository } from '../../core/fleet/port.repository.ts';

/** Changes of what the operator says about a line. */
@Injectable()
export class PortService {
  constructor(
    private readonly changes: Changes,
    private readonly ports: PortRepository,
  ) {}

  /** Writes the change down with who made it. Another line device makes another severity, so the gateway is counted anew. */
  async update(by: By, gatewayId: string, position: number, change: PortChange): Promise<void> {
    await this.changes.make(by, async (sql) => {
      const before = former(found(await this.ports.describe(sql, gatewayId, position, change)), change);
      if (change.lineDeviceClass !== undefined) await this.ports.recount(sql, gatewayId);
      const subjectId = `${gatewayId}/${position}`;
      return {
        result: undefined,
        audit: { verb: 'update', subjectType: 'port', subjectId, change: { ...change }, before },
      };
    });
  }
}
