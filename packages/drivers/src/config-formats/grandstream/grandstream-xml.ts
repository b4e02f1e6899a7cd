import { defineFormat } from '../engine/define-format.ts';
import type { Creation } from '../engine/format-description.ts';
import { NO_EVIDENCE, type ConfigDocument, type Occurrence, type Scan } from '../engine/document.ts';
import type { Edit } from '../engine/edits.ts';
import { lineEndOf } from '../engine/lines.ts';
import { ChangeRefused, FileRefused } from '../engine/refusals.ts';
import type { SourceText } from '../engine/source-text.ts';
import { indentBefore } from '../engine/spans.ts';
import type { ConfigChange, ConfigFormat, ConfigKey, IncrementalContext } from '../format.ts';
import { FORMAT_NAMES } from '../signatures.ts';
import { elementOccurrence, writeElement, writeElementValue } from '../xml/element-values.ts';
import { isElement, type XmlElement } from '../xml/nodes.ts';
import { scanXml } from '../xml/scan-xml.ts';

/** The element that holds the P-values. */
interface GrandstreamStructure {
  readonly config: XmlElement;
}

export type GrandstreamDocument = ConfigDocument<GrandstreamStructure>;

const P_VALUE = /^P\d{1,6}$/;

/** Written by the units themselves at each export: a blob whose meaning is not documented. */
const NOISE: ReadonlySet<ConfigKey> = new Set(['P8214']);

/**
 * P-values in XML (Grandstream, "XML Based Configuration File Provisioning Guide"): root `gs_provision`, optional `mac`,
 * and `config` with one element for each value, in no order and some twice. Values of several lines are trimmed. The old
 * binary form of HT50x and GXW40xx is another format.
 */
export const grandstreamXml: ConfigFormat<GrandstreamDocument> = defineFormat<GrandstreamStructure>({
  id: 'grandstream-xml',
  name: FORMAT_NAMES['grandstream-xml'],
  absentMeans: 'unchanged',
  separators: [],
  scan,
  write: ({ source }, occurrence, value) => writeElementValue(source.text, occurrence, value),
  create,
  incremental,
});

function scan(source: SourceText): Scan<GrandstreamStructure> {
  const root = scanXml(source.text);
  if (root.name !== 'gs_provision') throw new FileRefused(root.line, 'the element gs_provision', root.name);
  const elements = root.children.filter(isElement);
  const [config, second] = elements.filter(({ name }) => name === 'config');
  if (config === undefined) throw new FileRefused(root.line, 'the element config', 'none');
  if (second !== undefined) throw new FileRefused(second.line, 'one element config', 'a second one');
  const version = config.attributes.find(({ name }) => name === 'version')?.value ?? '1';
  if (version !== '1') throw new FileRefused(config.line, 'P-values of version 1', `version ${version}`);
  const mac =
    elements
      .find(({ name }) => name === 'mac')
      ?.text.trim()
      .toLowerCase() ?? null;
  return {
    occurrences: config.children.filter(isElement).flatMap((element) => occurrence(source, element)),
    notes: [],
    ending: 'marked',
    evidence: { ...NO_EVIDENCE, mac: mac !== null && /^[0-9a-f]{12}$/.test(mac) ? mac : null },
    structure: { config },
  };
}

function occurrence({ text }: SourceText, element: XmlElement): Occurrence[] {
  const inner = element.children.find(isElement);
  if (inner !== undefined) throw new FileRefused(inner.line, `a value of ${element.name}`, `an element ${inner.name}`);
  if (NOISE.has(element.name)) return [];
  return [elementOccurrence(text, element, element.name, 'none')];
}

function statement({ key, value }: Creation): string {
  if (!P_VALUE.test(key)) throw new ChangeRefused(key, `${key} is not the name of a P-value, such as P4060`);
  return writeElement(key, value);
}

function create(document: GrandstreamDocument, creations: readonly Creation[]): Edit[] {
  const { text } = document.source;
  const { config } = document.structure;
  const [first] = creations;
  if (config.selfClosing) throw new ChangeRefused(first?.key ?? '', 'the element config of the file has no end tag');
  const last = config.children.filter(isElement).at(-1);
  const at = last?.to ?? config.start;
  const { lineEnd } = lineEndOf(text);
  const indent = last === undefined ? `${indentBefore(text, config.from)}  ` : indentBefore(text, last.from);
  return [
    { from: at, to: at, text: creations.map((creation) => `${lineEnd}${indent}${statement(creation)}`).join('') },
  ];
}

function incremental(changes: readonly ConfigChange[], context: IncrementalContext<GrandstreamDocument>): string {
  const mac = context.mac?.toLowerCase() ?? context.document?.evidence.mac ?? null;
  if (mac !== null && !/^[0-9a-f]{12}$/.test(mac)) throw new ChangeRefused('mac', `${mac} is no MAC address`);
  const lines = changes.map((change) => {
    if (change.kind === 'set') return `    ${statement(change)}`;
    throw new ChangeRefused(
      change.key,
      `${change.key} cannot be removed: the unit keeps a value that a file leaves out`,
    );
  });
  const owner = mac === null ? [] : [`  <mac>${mac}</mac>`];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gs_provision version="1">',
    ...owner,
    '  <config version="1">',
    ...lines,
    '  </config>',
    '</gs_provision>',
    '',
  ].join('\n');
}
