import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMibs } from './mib-objects.ts';
import { mibSources } from './mib-sources.ts';

const ROOT = `ACME-SMI DEFINITIONS ::= BEGIN
IMPORTS enterprises, MODULE-IDENTITY FROM SNMPv2-SMI;
acme OBJECT IDENTIFIER ::= { enterprises 99999 }
END
`;
const LINES = `ACME-LINE-MIB DEFINITIONS ::= BEGIN
IMPORTS
  OBJECT-TYPE, Integer32, Counter32 FROM SNMPv2-SMI
  TEXTUAL-CONVENTION, DisplayString FROM SNMPv2-TC
  acme FROM ACME-SMI;

AcmeHook ::= TEXTUAL-CONVENTION
  STATUS current
  DESCRIPTION "Of a line."
  SYNTAX INTEGER { onHook(1), offHook(2) }

acmeName OBJECT-TYPE
  SYNTAX DisplayString
  MAX-ACCESS read-only
  STATUS current
  DESCRIPTION "Of the unit."
  ::= { acme 1 }

acmeLineTable OBJECT-TYPE
  SYNTAX SEQUENCE OF AcmeLineEntry
  MAX-ACCESS not-accessible
  STATUS current
  DESCRIPTION "Lines."
  ::= { acme 2 }

acmeLineEntry OBJECT-TYPE
  SYNTAX AcmeLineEntry
  MAX-ACCESS not-accessible
  STATUS current
  DESCRIPTION "A line."
  INDEX { acmeLineIndex }
  ::= { acmeLineTable 1 }

AcmeLineEntry ::= SEQUENCE { acmeLineIndex Integer32, acmeLineHook AcmeHook, acmeLineVolts Integer32, acmeLineCalls Counter32 }

acmeLineIndex OBJECT-TYPE
  SYNTAX Integer32 (1..8)
  MAX-ACCESS not-accessible
  STATUS current
  DESCRIPTION "Number."
  ::= { acmeLineEntry 1 }

acmeLineHook OBJECT-TYPE
  SYNTAX AcmeHook
  MAX-ACCESS read-only
  STATUS current
  DESCRIPTION "Hook."
  ::= { acmeLineEntry 2 }

acmeLineVolts OBJECT-TYPE
  SYNTAX Integer32
  UNITS "0.1 V"
  MAX-ACCESS read-write
  STATUS current
  DESCRIPTION "Voltage."
  ::= { acmeLineEntry 3 }

acmeLineCalls OBJECT-TYPE
  SYNTAX Counter32
  MAX-ACCESS read-only
  STATUS current
  DESCRIPTION "Calls."
  ::= { acmeLineEntry 4 }
END
`;
const ORPHAN = `ORPHAN-MIB DEFINITIONS ::= BEGIN
IMPORTS nowhere FROM NOWHERE-MIB;
orphan OBJECT IDENTIFIER ::= { nowhere 1 }
END
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loopstart-mib-'));
  writeFileSync(join(folder, 'lines.mib'), LINES);
  writeFileSync(join(folder, 'root.mib'), ROOT);
  writeFileSync(join(folder, 'orphan.mib'), ORPHAN);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the objects of a MIB become lines of a driver, whatever the order of its files', () => {
  const { objects, leftOut } = readMibs(['lines.mib', 'root.mib'].map((name) => join(folder, name)));
  expect(leftOut).toEqual([]);
  expect(mibSources(objects.filter(({ module }) => module === 'ACME-LINE-MIB')).split('\n')).toEqual([
    "scalar('1.3.6.1.4.1.99999.1', 'acmeName', text(128)),",
    "column('1.3.6.1.4.1.99999.2.1.2', 'acmeLineHook', enumOf({ 1: null /* onHook */, 2: null /* offHook */ })),",
    "column('1.3.6.1.4.1.99999.2.1.3', 'acmeLineVolts', whole({ min: 0, max: 0 })), // 0.1 V, read-write",
    "column('1.3.6.1.4.1.99999.2.1.4', 'acmeLineCalls', count),",
  ]);
});

test('a file whose imports are absent is named, with what it lacks', () => {
  const { objects, leftOut } = readMibs(['orphan.mib', 'root.mib'].map((name) => join(folder, name)));
  expect(leftOut).toEqual([{ name: 'ORPHAN-MIB', lacks: ['NOWHERE-MIB'] }]);
  expect(objects.some(({ module }) => module === 'ORPHAN-MIB')).toBe(false);
});
