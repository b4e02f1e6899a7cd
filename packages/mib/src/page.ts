import { AGENT, GATEWAYS, PORTS } from './objects.ts';
import { objectsOid } from './oids.ts';
import { labelOf, type MibObject, type Syntax } from './syntax.ts';

const TYPES: Readonly<Record<Exclude<Syntax['base'], 'integer' | 'words'>, string>> = {
  text: 'text',
  uuid: 'UUID, 16 octets',
  time: 'DateAndTime',
  gauge: 'Gauge32',
};

function typeOf(syntax: Syntax): string {
  switch (syntax.base) {
    case 'integer':
      return `${syntax.min} to ${syntax.max}${syntax.unit === undefined ? '' : ` ${syntax.unit}`}`;
    case 'words':
      return syntax.words.map((word, at) => `${labelOf(word)} (${at + 1})`).join(', ');
    default:
      return TYPES[syntax.base];
  }
}

const rows = (
  objects: readonly Pick<MibObject<never>, 'name' | 'arc' | 'syntax' | 'description' | 'index'>[],
  oid: string,
) =>
  objects.map(
    ({ name, arc, syntax, description, index }) =>
      `| \`${name}\` | ${oid}.${arc} | ${index ? 'index: ' : ''}${typeOf(syntax)} | ${description} |`,
  );

/** The page of the documents that explains each object. */
export function mibPage(enterprise: number): string {
  const base = objectsOid(enterprise);
  const part = (name: string, oid: string, description: string, objects: Parameters<typeof rows>[0]) =>
    [
      `## ${name}`,
      '',
      description,
      '',
      '| object | OID | values | meaning |',
      '| --- | --- | --- | --- |',
      ...rows(objects, oid),
      '',
    ].join('\n');
  return [
    '# LOOPSTART-MIB',
    '',
    'Made from `packages/mib` by `npm run mib`; do not edit. How an agent is asked: [agent](agent.md#snmp).',
    '',
    'What is not known has no instance, or the word unknown; nothing is 0 because it was not measured.',
    '',
    part(AGENT.name, `${base}.${AGENT.arc}`, AGENT.description, AGENT.objects),
    part(GATEWAYS.name, `${base}.${GATEWAYS.arc}.1`, GATEWAYS.description, GATEWAYS.objects),
    part(PORTS.name, `${base}.${PORTS.arc}.1`, PORTS.description, PORTS.objects),
  ].join('\n');
}
