import { hash32 } from '../../random.ts';
import { ConfigRefused } from '../firmware.ts';
import { escapeXml, parseXml } from '../xml.ts';

/**
 * Reads `gs_provision`: pairs of P-value and text in the order of the file. Throws ConfigRefused for malformed XML,
 * another root, the `<mac>` of another unit, or an element inside a value.
 */
export function readProvision(text: string, mac: string): [key: string, value: string][] {
  const root = parseXml(text);
  if (root.name !== 'gs_provision') throw new ConfigRefused(`the root is ${root.name}, not gs_provision`);
  const named = root.children.find(({ name }) => name === 'mac');
  if (named !== undefined && named.text.trim().toLowerCase() !== mac) {
    throw new ConfigRefused('the file is for another MAC address');
  }
  const config = root.children.find(({ name }) => name === 'config');
  if (config === undefined) throw new ConfigRefused('there is no <config>');
  return config.children.map(({ name, text, children }) => {
    if (children.length > 0) throw new ConfigRefused(`<${name}> holds elements`);
    return [name, text];
  });
}

/** The export: every P-value, in hash order, and on a GXW some of them twice. */
export function writeProvision(
  values: Iterable<readonly [key: string, value: string]>,
  { model, mac }: { model: string; mac: string },
): string {
  const sorted = [...values].map(([key, value]) => ({ key, value, at: hash32(key) })).sort((a, b) => a.at - b.at);
  const line = ({ key, value }: { key: string; value: string }) => `\t\t<${key}>${escapeXml(value)}</${key}>\n`;
  const twice = model.startsWith('GXW') ? sorted.filter(({ at }) => at % 16 === 0) : [];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<!-- ${model} XML Provisioning Configuration -->\n`,
    `<gs_provision version="1">\n<mac>${mac}</mac>\n\t<config version="1">\n`,
    ...sorted.map(line),
    ...twice.map(line),
    '\t</config>\n</gs_provision>\n',
  ].join('');
}
