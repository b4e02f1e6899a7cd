import { readFileSync } from 'node:fs';
import type { Oid } from '@loopstart/snmp';
import { createModuleStore } from 'net-snmp';

/** An object that MIB files define. */
export interface MibObject {
  oid: Oid;
  name: string;
  /** Name of its type; for an enumeration without one, 'INTEGER'. */
  syntax: string;
  /** Words of an enumeration by their numbers; null where it is not an enumeration. */
  words: ReadonlyMap<number, string> | null;
  units: string | null;
  access: string | null;
  /** Name of the MIB module. */
  module: string;
}

/** An entry of net-snmp's parser; of the many macros only those used here. */
interface ParsedEntry {
  ObjectName?: string;
  MACRO?: string;
  OID?: string;
  SYNTAX?: unknown;
  UNITS?: string;
  'MAX-ACCESS'?: string;
  ACCESS?: string;
}
interface ParserStore {
  loadFromFile(path: string): void;
  getModules(includeBase: boolean): Record<string, Record<string, ParsedEntry>>;
  getModuleNames(includeBase: boolean): string[];
}

interface MibFile {
  path: string;
  name: string;
  imports: string[];
}

/**
 * Reads MIB files by the parser of the npm library net-snmp. Files are loaded after those that they import; a file
 * whose imports are missing is left out, because the parser cannot place its objects.
 */
export function readMibs(paths: readonly string[]): {
  objects: MibObject[];
  leftOut: { name: string; lacks: string[] }[];
} {
  const store = createModuleStore() as ParserStore;
  const leftOut: { name: string; lacks: string[] }[] = [];
  quietly(() => {
    for (const { path, name, imports } of inImportOrder(paths.map(headOf))) {
      const known = store.getModuleNames(true);
      if (known.includes(name)) continue;
      const lacks = imports.filter((module) => !known.includes(module));
      if (lacks.length > 0) leftOut.push({ name, lacks });
      else store.loadFromFile(path);
    }
  });
  const modules = store.getModules(true);
  const types = new Map<string, ParsedEntry>();
  for (const entries of Object.values(modules)) {
    for (const [name, entry] of Object.entries(entries)) if (entry.OID === undefined) types.set(name, entry);
  }
  const objects = Object.entries(modules).flatMap(([module, entries]) =>
    Object.values(entries).flatMap((entry) => objectOf(entry, module, types)),
  );
  return { objects, leftOut };
}

function objectOf(entry: ParsedEntry, module: string, types: ReadonlyMap<string, ParsedEntry>): MibObject[] {
  const { ObjectName: name, MACRO: macro, OID: oid, SYNTAX: syntax } = entry;
  if (name === undefined || oid === undefined || (macro !== 'OBJECT-TYPE' && macro !== 'NOTIFICATION-TYPE')) return [];
  const words = wordsOf(syntax, types);
  return [
    {
      oid,
      name,
      syntax: typeof syntax === 'string' ? syntax : (Object.keys((syntax as object | undefined) ?? {})[0] ?? ''),
      words,
      units: entry.UNITS ?? null,
      access: entry['MAX-ACCESS'] ?? entry.ACCESS ?? null,
      module,
    },
  ];
}

/** The words of an enumeration, which a type of its own may define. */
function wordsOf(syntax: unknown, types: ReadonlyMap<string, ParsedEntry>, depth = 0): Map<number, string> | null {
  if (typeof syntax === 'string') {
    const type = types.get(syntax);
    return type === undefined || depth > 4 ? null : wordsOf(type.SYNTAX, types, depth + 1);
  }
  const inner = (syntax as { INTEGER?: unknown } | undefined)?.INTEGER;
  if (typeof inner !== 'object' || inner === null) return null;
  const words = Object.entries(inner).filter(([number, word]) => /^-?\d+$/.test(number) && typeof word === 'string');
  return words.length === 0 ? null : new Map(words.map(([number, word]) => [Number(number), word as string]));
}

/** Name of the module that a MIB file defines. Throws where there is no such file. */
export const moduleNameOf = (path: string): string => headOf(path).name;

function headOf(path: string): MibFile {
  const text = readFileSync(path, 'latin1').replaceAll(/--.*$/gm, '');
  const name = /^\s*([\w-]+)\s+(?:\{[^}]*\}\s*)?DEFINITIONS/m.exec(text)?.[1] ?? path;
  const imports = /\bIMPORTS\b([\s\S]*?);/.exec(text)?.[1] ?? '';
  return { path, name, imports: [...imports.matchAll(/\bFROM\s+([\w-]+)/g)].map(([, module]) => module as string) };
}

function inImportOrder(files: readonly MibFile[]): MibFile[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  const ordered = new Set<MibFile>();
  const entered = new Set<string>();
  const enter = (file: MibFile) => {
    if (entered.has(file.name)) return;
    entered.add(file.name);
    for (const name of file.imports) {
      const imported = byName.get(name);
      if (imported !== undefined) enter(imported);
    }
    ordered.add(file);
  };
  files.forEach(enter);
  return [...ordered];
}

/** The parser writes everything it cannot resolve to the console, most of which does not matter. */
function quietly(work: () => void): void {
  const { log, warn } = console;
  console.log = console.warn = () => undefined;
  try {
    work();
  } finally {
    Object.assign(console, { log, warn });
  }
}
