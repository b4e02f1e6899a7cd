import type { GatewayConfigProgress } from '@loopstart/contracts';
import { plant, type Planted, type PlantOptions } from './fleet.ts';
import { rowsOf } from './ingest.ts';

/** A gateway that the drivers can configure: a Grandstream HT802. */
export async function plantConfigurable(
  ownerUrl: string,
  operatorId: string,
  options: PlantOptions = {},
): Promise<Planted> {
  const planted = await plant(ownerUrl, operatorId, { driverId: 'grandstream-ht', ...options });
  await makeConfigurable(ownerUrl, planted.gatewayId);
  return planted;
}

export async function makeConfigurable(ownerUrl: string, gatewayId: string): Promise<void> {
  await rowsOf(
    ownerUrl,
    `update gateway set vendor = 'Grandstream', model = 'HT802', firmware = '1.0.39.6', driver_id = 'grandstream-ht' where id = $1`,
    [gatewayId],
  );
}

/** What an agent reports of a job. */
export function progressOf(
  job: { jobId: string; gatewayId: string; revision: number },
  at: number,
  more: Partial<GatewayConfigProgress>,
): GatewayConfigProgress {
  return {
    ...job,
    at,
    since: at,
    state: 'waiting',
    reasonCode: null,
    detail: null,
    holds: 'before',
    verdict: null,
    evidence: {
      fingerprintBefore: null,
      fingerprintAfter: null,
      firmware: null,
      differences: [],
      differencesTotal: 0,
      registeredBefore: null,
      registeredAfter: null,
    },
    ...more,
  };
}
