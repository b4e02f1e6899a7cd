// The licences of a bundle's contents: most of them require that their text goes where the code goes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;
const OWN = '@loopstart/';

/**
 * A package whose code is in a bundle.
 * @typedef {{ name: string, version: string, license: string, texts: string[] }} BundledPackage
 */

/**
 * The packages that these bundled files belong to, in order of name; our own are left out. `root`: what the files'
 * paths are relative to. Throws where a package has neither a licence file nor names its licence.
 * @param {readonly string[]} inputs
 * @param {string} root
 * @returns {BundledPackage[]}
 */
export function bundledPackages(inputs, root) {
  const folders = new Set(
    inputs.map((input) => packageFolder(resolve(root, input))).filter((folder) => folder !== null),
  );
  const packages = new Map();
  for (const folder of folders) {
    const one = readPackage(folder);
    const key = `${one.name} ${one.version}`;
    // A folder inside a package may repeat its name, without the licence.
    if (!one.name.startsWith(OWN) && (packages.get(key)?.texts.length ?? 0) === 0) packages.set(key, one);
  }
  return [...packages.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/**
 * Node itself, from the folder of the package that brings its binary.
 * @param {string} folder
 * @returns {BundledPackage}
 */
export function nodePackage(folder) {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { name: 'Node.js', version, license: 'MIT, and those of what it contains', texts: licenceTexts(folder) };
}

/**
 * The notices as they go into the bundle.
 * @param {readonly BundledPackage[]} packages
 */
export function noticesText(packages) {
  const parts = packages.map(({ name, version, license, texts }) => {
    if (texts.length === 0 && license === '') throw new Error(`${name} ${version} names no licence`);
    const text =
      texts.length === 0 ? `Licensed under ${license}; the package brings no text of it.` : texts.join('\n\n');
    return `${'='.repeat(80)}\n${name} ${version} (${license})\n${'='.repeat(80)}\n\n${text.trim()}\n`;
  });
  const list = packages.map(({ name, version, license }) => `  ${name} ${version} (${license})`).join('\n');
  return `The Loopstart agent contains the following software of others, under the licences below.\n\n${list}\n\n${parts.join('\n')}`;
}

/** The nearest folder above a file whose package.json has a name and a version; null below no package. */
function packageFolder(file) {
  if (!file.includes('/node_modules/')) return null;
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (!existsSync(manifest)) continue;
    const { name, version } = JSON.parse(readFileSync(manifest, 'utf8'));
    if (name !== undefined && version !== undefined) return folder;
  }
  return null;
}

function readPackage(folder) {
  const { name, version, license, licenses } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { name, version, license: licenceName(license, licenses), texts: licenceTexts(folder) };
}

/** The name of a licence; older packages have a list of them with their types. */
function licenceName(license, licenses) {
  if (typeof license === 'string') return license;
  return Array.isArray(licenses) ? licenses.map(({ type }) => type).join(' or ') : '';
}

function licenceTexts(folder) {
  const files = readdirSync(folder, { withFileTypes: true });
  const names = files.filter((file) => file.isFile() && LICENCE_FILE.test(file.name)).map((file) => file.name);
  return names.sort().map((name) => readFileSync(join(folder, name), 'utf8'));
}
