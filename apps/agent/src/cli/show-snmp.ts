import type { SnmpFaceStatus } from '../snmp-face/snmp-face.ts';
import { ago, table } from './table.ts';

/** Who reads the agent over SNMP. */
export function showSnmp(status: SnmpFaceStatus, nowMs: number): string {
  const { port, gateways, answered, refused, malformed, notListed, sources } = status;
  const head = port === null ? 'SNMP: NOT LISTENING, the port is not available' : `SNMP on port ${port}`;
  const lines = [
    `${head}; ${gateways} gateways shown`,
    `${answered} answers; refused: ${refused} of an unknown user or community, ${malformed} malformed, ${notListed} from addresses that are not listed`,
  ];
  if (sources.length === 0) return [...lines, 'Nothing has asked yet.'].join('\n');
  const rows = sources.map(({ address, requests, refused: over, lastAt }) => [
    address,
    requests,
    over,
    ago(lastAt, nowMs),
  ]);
  return [...lines, '', table(['ADDRESS', 'REQUESTS', 'OVER THE LIMIT', 'LAST'], rows)].join('\n');
}
