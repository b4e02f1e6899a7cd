import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Paths of everything the agent stores; all below one folder that no other user may read. */
export interface StateFolder {
  root: string;
  /** The operator's settings, edited by hand. */
  settings: string;
  /** The agent's identity: ids, key and certificate. */
  identity: string;
  /** The key of a pending renewal. */
  nextKey: string;
  /** The last agent settings from the cloud. */
  agentSettings: string;
  /** Which gateway was found at which address. */
  gateways: string;
  /** Which gateways were merged into which. */
  merges: string;
  /** Actions that were carried out, and how they ended. */
  actions: string;
  /** Configuration jobs that are not ended, with their secrets, and the known keys of gateways. */
  configuration: string;
  outbox: string;
  /** Where the running agent answers its command line. */
  controlSocket: string;
}

export const DEFAULT_STATE_FOLDER = '/var/lib/loopstart-agent';

export function stateFolder(root: string): StateFolder {
  return {
    root,
    settings: join(root, 'agent.json'),
    identity: join(root, 'identity.json'),
    nextKey: join(root, 'next-key.pem'),
    agentSettings: join(root, 'cloud-config.json'),
    gateways: join(root, 'gateways.json'),
    merges: join(root, 'merges.json'),
    actions: join(root, 'actions.json'),
    configuration: join(root, 'configuration'),
    outbox: join(root, 'outbox'),
    controlSocket: join(root, 'control.sock'),
  };
}

/** Makes the folders where they are missing. Rejects with the system's error when that is not allowed. */
export async function prepareStateFolder(folder: StateFolder): Promise<void> {
  await mkdir(folder.root, { recursive: true, mode: 0o700 });
  await mkdir(folder.outbox, { recursive: true, mode: 0o700 });
}
