import { randomUUID } from 'node:crypto';
import { plant, plantAnother } from './fleet.ts';
import { asOwner } from './postgres.ts';

/** Calls for tests of lists: of several places, in every state, and with texts that a device chose to do harm. */
export async function plantCalls(ownerUrl: string, operatorId: string, now: Date): Promise<void> {
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  const albany = await plant(ownerUrl, operatorId, {
    customer: 'Harbour Care',
    site: 'Albany',
    gateway: 'Gateway 10',
    at: now,
  });
  const other = await plantAnother(ownerUrl, albany, { gateway: 'gateway 9', at: now });
  const works = await plant(ownerUrl, operatorId, { customer: 'acme', site: 'Works', gateway: 'Mill', at: now });
  const END = 4;
  await asOwner(ownerUrl, async (sql) => {
    await sql.query("select ensure_partitions('call_record', $1, $2)", [ago(86_400 * 3), ago(-86_400)]);
    for (const [
      where,
      seconds,
      connected,
      phases,
      position,
      direction,
      dialled,
      calling,
      talkMs,
      cause,
      mos,
      fax,
      codec,
    ] of [
      [albany, 300, 290, 1 | END, 1, 'from-line', '901632960001', '201', 120_000, 'NORMAL', 4.2, false, 'g711'],
      [albany, 200, null, 1 | END, 2, 'to-line', '202', '01632960009', 0, 'NO_ANSWER', null, null, '=cmd|calc'],
      [albany, 100, 90, 3, 2, 'from-line', '9011441632960002', '202', null, null, 3.8, true, 't38fax'],
      [other, 90_000, 89_990, 3, null, 'from-line', '+441632960003', '301', null, null, null, null, 'g729'],
      [other, 50, null, 1, null, null, null, null, null, null, null, null, null],
      [works, 7_200, null, 1, 3, 'to-line', '401', '01632960004', null, null, 2.1, false, null],
    ] as const)
      await sql.query(
        `insert into call_record (id, operator_id, site_id, gateway_id, at, received_at, format, call_key, phases, "position", direction, dialled,
           calling, started_at, connected_at, talk_ms, cause, mos, fax, codec, nulls)
         values ($1::uuid, $2, $3, $4, $5, $5, 'audiocodes-gateway', $1::uuid::text, $6, $7, $8, $9, $10, $5, $11, $12, $13, $14, $15, $16, '{}')`,
        [
          randomUUID(),
          where.operatorId,
          where.siteId,
          where.gatewayId,
          ago(seconds),
          phases,
          position,
          direction,
          dialled,
          calling,
          connected === null ? null : ago(connected),
          talkMs,
          cause,
          mos,
          fax,
          codec,
        ],
      );
    await sql.query('insert into call_source values ($1, $2, $3, $3)', [operatorId, albany.gatewayId, ago(60)]);
  });
}
