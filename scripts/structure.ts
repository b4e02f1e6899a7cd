import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root as ownRoot } from './lib/process.ts';
import { sourceFiles } from './structure/files.ts';
import { circles, layers, type Graph } from './structure/graph.ts';
import { importGraphs } from './structure/imports.ts';
import { readSyntax } from './structure/syntax.ts';
import { idiomLines } from './structure/wording.ts';
import { complexFunctions, COMPLEXITY_MAX, duplicates } from './structure/tools.ts';

/**
 * Figures of the structure: `npm run structure`, `-- --all` for every place instead of the first ten, and
 * `-- --root FOLDER` for another checkout, such as a `git worktree` of an earlier commit.
 */
const { values } = parseArgs({
  options: { root: { type: 'string', default: ownRoot }, all: { type: 'boolean', default: false } },
});
const root = resolve(values.root);
const LINES_MAX = 300;
const SHOWN = values.all ? Infinity : 10;

const out = (line: string) => process.stdout.write(`${line}\n`);
const heading = (text: string) => out(`\n${text}`);
const list = (lines: string[]) => {
  for (const line of lines.slice(0, SHOWN)) out(`  ${line}`);
  if (lines.length > SHOWN) out(`  … and ${lines.length - SHOWN} more (--all shows them)`);
};

const files = new Map(sourceFiles(root).map((file) => [file, readSyntax(file)]));
const graphs = importGraphs(root, files);

const arrows = (title: string, graph: Graph) => {
  const { up, floors } = layers(graph);
  heading(`${title}: ${graph.size}, on ${floors} floors, arrows up: ${up.length}`);
  list(up.map(({ from, to, imports }) => `${from} → ${to} (${imports} imports)`));
};
arrows('Rooms of apps/api/src, outer', graphs.outerRooms);
arrows('Rooms of apps/api/src, inner', graphs.innerRooms);
arrows('Packages and apps', graphs.workspaces);

const rings = circles(graphs.files);
heading(`Circles of files, with type imports: ${rings.length} of ${rings.flat().length} files`);
list(rings.map((ring) => ring.join(', ')));

const complex = complexFunctions(root);
heading(`Functions over complexity ${COMPLEXITY_MAX}: ${complex.length}`);
list(complex.map(({ complexity, name, place }) => `${complexity}  ${name}  ${place}`));

const twice = duplicates(root);
heading(`Duplicated blocks: ${twice.blocks.length}, ${twice.lines} lines, ${twice.percent.toFixed(2)} %`);
list(twice.blocks.map(({ lines, first, second }) => `${lines} lines  ${first}  ${second}`));

heading('By workspace                    files   lines  casts  test files   lines  tests  casts');
const all = [...files];
const sum = (chosen: typeof all, of: (entry: (typeof all)[number]) => number) =>
  chosen.reduce((total, entry) => total + of(entry), 0);
const row = (name: string, chosen: typeof all) => {
  const shipped = chosen.filter(([{ isTest }]) => !isTest);
  const tests = chosen.filter(([{ isTest }]) => isTest);
  const specs = tests.filter(([{ path }]) => /\.spec\.tsx?$/.test(path));
  const figures = [
    [shipped.length, 8],
    [sum(shipped, ([{ lines }]) => lines), 8],
    [sum(shipped, ([, { casts }]) => casts), 7],
    [specs.length, 12],
    [sum(tests, ([{ lines }]) => lines), 8],
    [sum(tests, ([, { tests: count }]) => count), 7],
    [sum(tests, ([, { casts }]) => casts), 7],
  ] as const;
  out(`  ${name.padEnd(27)}${figures.map(([figure, width]) => String(figure).padStart(width)).join('')}`);
};
for (const workspace of [...new Set(all.map(([file]) => file.workspace))].toSorted())
  row(
    workspace,
    all.filter(([file]) => file.workspace === workspace),
  );
row('all', all);

const long = all.map(([file]) => file).filter(({ lines }) => lines > LINES_MAX);
const tests = long.filter(({ isTest }) => isTest);
heading(`Files over ${LINES_MAX} lines: ${long.length}, of them tests: ${tests.length}`);
list(
  long
    .filter(({ isTest }) => !isTest)
    .toSorted((a, b) => b.lines - a.lines)
    .map(({ lines, path }) => `${lines}  ${path}`),
);

const idiom = idiomLines(root);
heading(`Lines with idiom where the field has a word: ${idiom.reduce((total, [, lines]) => total + lines, 0)}`);
for (const [folder, lines] of idiom) out(`  ${folder.padEnd(27)}${String(lines).padStart(6)}`);
