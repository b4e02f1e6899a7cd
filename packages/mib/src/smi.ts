import { AGENT, GATEWAYS, PORTS } from './objects.ts';
import { CONFORMANCE_ARC, MODULE_ARC, OBJECTS_ARC } from './oids.ts';
import { labelOf, type MibGroup, type MibObject, type MibTable, type Syntax } from './syntax.ts';

const REVISION = '202611300000Z';
type AnyObject = Pick<MibObject<never>, 'name' | 'arc' | 'syntax' | 'description' | 'index'>;
type AnyTable = Pick<MibTable<never>, 'name' | 'arc' | 'description' | 'indexedBy'> & { objects: readonly AnyObject[] };
type AnyGroup = Pick<MibGroup<never>, 'name' | 'arc' | 'description'> & { objects: readonly AnyObject[] };

const TABLES: readonly AnyTable[] = [GATEWAYS, PORTS];
const GROUPS: readonly AnyGroup[] = [AGENT];

/** The text of LOOPSTART-MIB in SMIv2 (RFC 2578, 2579, 2580). */
export function mibText(enterprise: number): string {
  return [HEAD(enterprise), ...GROUPS.map(groupText), ...TABLES.map(tableText), conformance(), 'END\n'].join('\n');
}

const HEAD = (enterprise: number) => `LOOPSTART-MIB DEFINITIONS ::= BEGIN

-- Made from packages/mib by "npm run mib"; do not edit.

IMPORTS
    MODULE-IDENTITY, OBJECT-TYPE, Integer32, Gauge32, enterprises
        FROM SNMPv2-SMI
    TEXTUAL-CONVENTION, DateAndTime
        FROM SNMPv2-TC
    MODULE-COMPLIANCE, OBJECT-GROUP
        FROM SNMPv2-CONF;

loopstartMIB MODULE-IDENTITY
    LAST-UPDATED "${REVISION}"
    ORGANIZATION "Loopstart"
    CONTACT-INFO "The operator of this Loopstart installation."
    DESCRIPTION
        "The analogue ports of a site in one form, whatever the vendor of
        their gateways. All objects are read-only."
    REVISION "${REVISION}"
    DESCRIPTION "First version."
    ::= { loopstart ${MODULE_ARC} }

loopstart OBJECT IDENTIFIER ::= { enterprises ${enterprise} }
loopstartObjects OBJECT IDENTIFIER ::= { loopstartMIB ${OBJECTS_ARC} }
loopstartConformance OBJECT IDENTIFIER ::= { loopstartMIB ${CONFORMANCE_ARC} }

LsUuid ::= TEXTUAL-CONVENTION
    DISPLAY-HINT "4x-2x-2x-2x-1x1x1x1x1x1x"
    STATUS current
    DESCRIPTION "A UUID as its 16 octets (RFC 9562)."
    SYNTAX OCTET STRING (SIZE (16))

LsText ::= TEXTUAL-CONVENTION
    DISPLAY-HINT "255t"
    STATUS current
    DESCRIPTION "Text in UTF-8, as a gateway or its driver reports it."
    SYNTAX OCTET STRING (SIZE (0..255))
`;

const groupText = ({ name, arc, description, objects }: AnyGroup): string =>
  [
    `-- ${description}\n${name} OBJECT IDENTIFIER ::= { loopstartObjects ${arc} }\n`,
    ...objects.map((object) => objectText(object, name)),
  ].join('\n');

function tableText({ name, arc, description, objects, indexedBy = [] }: AnyTable): string {
  const entry = entryOf(name);
  const row = `${entry[0]!.toUpperCase()}${entry.slice(1)}`;
  const index = [...indexedBy, ...objects.filter((object) => object.index).map((object) => object.name)];
  return [
    `${name} OBJECT-TYPE
    SYNTAX SEQUENCE OF ${row}
    MAX-ACCESS not-accessible
    STATUS current
    DESCRIPTION
        "${wrapped(description)}"
    ::= { loopstartObjects ${arc} }

${entry} OBJECT-TYPE
    SYNTAX ${row}
    MAX-ACCESS not-accessible
    STATUS current
    DESCRIPTION "One of them."
    INDEX { ${index.join(', ')} }
    ::= { ${name} 1 }

${row} ::= SEQUENCE {
${objects.map((object) => `    ${object.name} ${sequenceType(object.syntax)}`).join(',\n')}
}
`,
    ...objects.map((object) => objectText(object, entry)),
  ].join('\n');
}

const entryOf = (table: string) => table.replace(/Table$/u, 'Entry');

function objectText({ name, arc, syntax, description, index }: AnyObject, parent: string): string {
  const unit = 'unit' in syntax && syntax.unit !== undefined ? `\n    UNITS "${syntax.unit}"` : '';
  return `${name} OBJECT-TYPE
    SYNTAX ${syntaxText(syntax)}${unit}
    MAX-ACCESS ${index ? 'not-accessible' : 'read-only'}
    STATUS current
    DESCRIPTION
        "${wrapped(description)}"
    ::= { ${parent} ${arc} }
`;
}

function syntaxText(syntax: Syntax): string {
  switch (syntax.base) {
    case 'text':
      return `LsText (SIZE (0..${syntax.max}))`;
    case 'uuid':
      return 'LsUuid';
    case 'time':
      return 'DateAndTime';
    case 'integer':
      return `Integer32 (${syntax.min}..${syntax.max})`;
    case 'gauge':
      return 'Gauge32';
    case 'words':
      return `INTEGER {\n${syntax.words.map((word, at) => `        ${labelOf(word)}(${at + 1})`).join(',\n')}\n    }`;
  }
}

/** The type in a SEQUENCE, which has no sub-types (RFC 2578 section 7.1.12). */
function sequenceType(syntax: Syntax): string {
  switch (syntax.base) {
    case 'text':
      return 'LsText';
    case 'integer':
      return 'Integer32';
    case 'words':
      return 'INTEGER';
    default:
      return syntaxText(syntax);
  }
}

/** A description over lines of the width that MIB files have. */
function wrapped(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > 62) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n        ');
}

function conformance(): string {
  const accessible = ({ objects }: { objects: readonly AnyObject[] }) =>
    objects.filter((object) => !object.index).map((object) => object.name);
  const groups = [...GROUPS, ...TABLES].map((part, at) => ({
    name: `${part.name.replace(/Table$/u, '')}Group`,
    arc: at + 1,
    description: part.description,
    objects: accessible(part),
  }));
  return `loopstartCompliances OBJECT IDENTIFIER ::= { loopstartConformance 1 }
loopstartGroups OBJECT IDENTIFIER ::= { loopstartConformance 2 }

loopstartCompliance MODULE-COMPLIANCE
    STATUS current
    DESCRIPTION "What an agent of Loopstart answers."
    MODULE
        MANDATORY-GROUPS { ${groups.map(({ name }) => name).join(', ')} }
    ::= { loopstartCompliances 1 }

${groups
  .map(
    ({ name, arc, description, objects }) => `${name} OBJECT-GROUP
    OBJECTS {
${objects.map((object) => `        ${object}`).join(',\n')}
    }
    STATUS current
    DESCRIPTION
        "${wrapped(description)}"
    ::= { loopstartGroups ${arc} }
`,
  )
  .join('\n')}`;
}
