import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { SourceFile } from './files.ts';
import { addEdge, type Graph } from './graph.ts';
import type { Syntax } from './syntax.ts';

export interface Graphs {
  files: Graph;
  /** Folders directly below apps/api/src. */
  outerRooms: Graph;
  /** The first folder on the way down that holds files of its own. */
  innerRooms: Graph;
  workspaces: Graph;
}

const API = 'apps/api/src/';

/** `agents/ingest` for apps/api/src/agents/ingest/…; undefined for the files that wire the rooms together. */
function roomOf(path: string, foldersWithFiles: Set<string>): { outer: string; inner: string } | undefined {
  if (!path.startsWith(API)) return undefined;
  const folders = path.slice(API.length).split('/').slice(0, -1);
  const [outer] = folders;
  if (outer === undefined || outer === 'cli' || outer === 'generated') return undefined;
  const depth = folders.findIndex((_, at) => foldersWithFiles.has(API + folders.slice(0, at + 1).join('/')));
  return { outer, inner: folders.slice(0, depth + 1).join('/') };
}

/** The file a relative import names, with or without its ending. */
function resolveFile(from: string, name: string, paths: Set<string>): string | undefined {
  const target = posix.join(posix.dirname(from), name);
  return [target, `${target}.ts`, `${target}.tsx`, `${target}/index.ts`].find((path) => paths.has(path));
}

function packageNames(root: string, workspaces: Set<string>): Map<string, string> {
  const names = new Map<string, string>();
  for (const workspace of workspaces) {
    const manifest = join(root, workspace, 'package.json');
    if (existsSync(manifest))
      names.set((JSON.parse(readFileSync(manifest, 'utf8')) as { name: string }).name, workspace);
  }
  return names;
}

/** Graphs of everything but tests. */
export function importGraphs(root: string, files: Map<SourceFile, Syntax>): Graphs {
  const graphs: Graphs = { files: new Map(), outerRooms: new Map(), innerRooms: new Map(), workspaces: new Map() };
  const shipped = [...files.keys()].filter(({ isTest }) => !isTest);
  const paths = new Set(shipped.map(({ path }) => path));
  const foldersWithFiles = new Set(shipped.map(({ path }) => dirname(path)));
  const packages = packageNames(root, new Set(shipped.map(({ workspace }) => workspace)));

  for (const file of shipped) {
    for (const name of files.get(file)!.imports) {
      const ours = packages.get(name.split('/').slice(0, 2).join('/'));
      if (ours !== undefined && ours !== file.workspace) addEdge(graphs.workspaces, file.workspace, ours);
      if (!name.startsWith('.')) continue;
      const target = resolveFile(file.path, name, paths);
      if (target === undefined) continue;
      addEdge(graphs.files, file.path, target);
      const from = roomOf(file.path, foldersWithFiles);
      const to = roomOf(target, foldersWithFiles);
      if (from === undefined || to === undefined) continue;
      if (from.outer !== to.outer) addEdge(graphs.outerRooms, from.outer, to.outer);
      if (from.inner !== to.inner) addEdge(graphs.innerRooms, from.inner, to.inner);
    }
  }
  return graphs;
}
