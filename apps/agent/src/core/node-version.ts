/** The oldest major version of Node the agent runs on. */
export const NODE_MAJOR_MIN = 24;

/** Why the agent does not run on this version of Node (as in `process.versions.node`); null where it does. */
export function nodeProblem(version: string): string | null {
  const major = Number(version.split('.')[0]);
  if (major >= NODE_MAJOR_MIN) return null;
  return `Node ${NODE_MAJOR_MIN} or later is needed, this is Node ${version}; the installed agent brings its own (bin/loopstart-agent)`;
}
