import type { AgentSettings, DownOf } from '@loopstart/contracts';
import type { Logger } from 'pino';
import type { StateFolder } from '../core/state-folder.ts';
import { effectiveSettings, writeAgentSettings, type EffectiveSettings, type MachineSettings } from '../settings.ts';
import type { ReconcileOf } from './reconciler.ts';

export interface AgentSettingsOptions {
  folder: StateFolder;
  machine: MachineSettings;
  /** The settings in force at the start. */
  initial: EffectiveSettings;
  log: Logger;
  /** Puts settings into force. */
  apply: (settings: EffectiveSettings) => void;
}

/** Agent settings (`config` on the wire): kept on disk, put into force, and reported by the revision in the health. */
export class AgentSettingsReconcile implements ReconcileOf<'config'> {
  readonly kind = 'config';
  readonly #options: AgentSettingsOptions;
  #inForce: EffectiveSettings;

  constructor(options: AgentSettingsOptions) {
    this.#options = options;
    this.#inForce = options.initial;
  }

  get inForce(): EffectiveSettings {
    return this.#inForce;
  }

  async accept({ config: cloud }: DownOf<'config'>): Promise<void> {
    const { log, machine, apply } = this.#options;
    await this.#keep(cloud);
    this.#inForce = effectiveSettings(cloud, machine);
    log.info({ revision: cloud.revision, targets: cloud.targets.length }, 'agent settings received from the cloud');
    apply(this.#inForce);
  }

  async #keep(cloud: AgentSettings): Promise<void> {
    const { folder, log } = this.#options;
    await writeAgentSettings(folder, cloud).catch((error: unknown) => {
      log.error({ error }, 'failed to store the agent settings; they are in force only until the agent stops');
    });
  }
}
