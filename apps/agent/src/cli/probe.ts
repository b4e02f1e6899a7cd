import { interpretPoll, pollPlan, type PollReading } from '@loopstart/drivers';
import type { SnmpClient, SnmpTarget } from '@loopstart/snmp';
import { portsInWords } from '../control/describe.ts';
import { recognise, type Recognised } from '../discovery/recognise.ts';
import { executePlan, readMemory } from '../transport/snmp/read-plan.ts';
import { vendorAndModel } from './model-words.ts';
import { showPorts } from './show.ts';

export interface ProbeResult extends Recognised {
  reading: PollReading;
  tookMs: number;
}

/** Recognises the gateway at an address and reads it once. Rejects with SnmpError. */
export async function probe(client: SnmpClient, target: SnmpTarget): Promise<ProbeResult> {
  const memory = readMemory();
  const recognised = await recognise(client, target, memory);
  const { driver, identity } = recognised;
  const startedAt = performance.now();
  const poll = await executePlan(client, target, pollPlan(driver), memory);
  const tookMs = Math.round(performance.now() - startedAt);
  const reading = interpretPoll(driver, identity.ports, poll.answers);
  const problems = [...recognised.problems, ...poll.problems, ...reading.problems];
  return { ...recognised, reading, problems, tookMs };
}

/** The result as data, for scripts. */
export function probeAsJson({ driver, unknownHardware, identity, reading, problems, tookMs }: ProbeResult): unknown {
  return {
    driver: { id: driver.id, revision: driver.revision, evidence: driver.evidence, note: driver.maturityNote },
    unknownHardware,
    gateway: identity.gateway,
    capabilities: identity.capabilities,
    actions: identity.actions,
    gatewayMeasures: reading.gatewayMeasures,
    ports: portsInWords(identity.ports, reading),
    nulls: reading.nulls,
    problems,
    tookMs,
  };
}

/** The result for people. */
export function showProbe({ driver, unknownHardware, identity, reading, problems, tookMs }: ProbeResult): string {
  const { gateway, ports, actions } = identity;
  const measures = Object.entries(reading.gatewayMeasures).filter(([, value]) => value !== null);
  const silent = reading.nulls
    .filter(({ ports: which }) => which === '*')
    .map(({ field, reason }) => `${field} (${reason})`);
  const lines = [
    `${vendorAndModel(gateway)}, firmware ${gateway.firmware ?? 'not told'}, serial ${gateway.serial ?? 'not told'}`,
    `driver ${driver.id} revision ${driver.revision}${unknownHardware ? ': no driver knows this hardware, standard objects only' : ''}`,
    driver.maturityNote,
    `read in ${tookMs} ms; actions: ${actions.join(', ') || 'none'}`,
    measures.map(([field, value]) => `${field} ${value}`).join(', '),
    '',
    showPorts(portsInWords(ports, reading)),
    '',
    silent.length === 0 ? '' : `not told: ${silent.join(', ')}`,
    ...problems.slice(0, 20).map(({ oid, why }) => `not understood: ${oid}: ${why}`),
  ];
  return lines
    .filter((line, at) => line !== '' || lines[at - 1] !== '')
    .join('\n')
    .trim();
}
