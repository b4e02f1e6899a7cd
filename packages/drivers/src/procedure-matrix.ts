import { PROCEDURES } from './config-apply/index.ts';
import { WITHOUT_PROCEDURE } from './config-apply/without-procedure.ts';

const PROOF = {
  registrations: 'the registrations that it reports',
  'read-back': 'what is read back, where a person accepts that',
} as const;

/** How gateways are changed on their site, as docs/drivers.md shows it, and why some are not. */
export function procedureMatrix(): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    row(['gateways', 'how', 'proven by']),
    row(['---', '---', '---']),
    ...PROCEDURES.map(({ name, how, proof }) => row([name, how, PROOF[proof]])),
    '',
    ...Object.entries(WITHOUT_PROCEDURE).map(([driverId, why]) => `- **${driverId}**, every other model: ${why}.`),
    '',
  ].join('\n');
}
