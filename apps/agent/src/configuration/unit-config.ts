import type { GatewayConfigProgress, RunningConfig } from '@loopstart/contracts';
import { compareSettings, missingForEmergency, type ApplyReasonCode, type ReadBack } from '@loopstart/domain';
import {
  configProcedure,
  planChange,
  readConfig,
  type ConfigProcedure,
  type ConfigUnit,
  type PlannedChange,
  type ReadConfig,
} from '@loopstart/drivers';
import { ConfigLinkError } from '../transport/config-link-error.ts';
import type { Kept } from './job-store.ts';
import { fingerprintOf, pack, runningConfig, unpack } from './kept-config.ts';
import type { ConfigRequest } from './observe-gateway.ts';
import { runSteps, type StepTools } from './run-steps.ts';

export type Refusal = { refused: ApplyReasonCode; detail: string | null; again: boolean };
export type Differences = Pick<GatewayConfigProgress['evidence'], 'differences' | 'differencesTotal'>;

const DIFFERENCES_MAX = 50;

/** The configuration of the gateway of one job: reads, writes and stores it by the procedure of its model. */
export class UnitConfig {
  readonly #request: ConfigRequest;
  readonly #tools: StepTools;
  readonly procedure: ConfigProcedure | null;
  readonly #secretKeys: ReadonlySet<string>;

  constructor(request: ConfigRequest, tools: StepTools) {
    const { driverId, model } = request.expects;
    this.#request = request;
    this.#tools = tools;
    this.procedure = configProcedure(driverId, model);
    this.#secretKeys = new Set(request.changes.flatMap(({ key, secret }) => (secret === true ? [key] : [])));
  }

  /** Reads the running configuration to keep it, and plans the change of it. Nothing is written. */
  async keep(
    ip: string,
    about: Pick<Kept, 'firmware' | 'others'>,
  ): Promise<{ kept: Kept; running: RunningConfig; secretsHidden: boolean } | Refusal> {
    const read = await this.#read(ip);
    if ('refused' in read) return read;
    const { text, config } = read;
    const fingerprint = fingerprintOf(config, this.#secretKeys);
    const kept: Kept = { gzipBase64: pack(text), fingerprint, ...about };
    let secretsHidden = false;
    if (this.#request.purpose !== 'read') {
      const planned = this.plan(kept);
      if ('refused' in planned) return { ...planned, again: false };
      const [missing] = missingForEmergency(this.#request.emergency, planned.predicted);
      if (missing !== undefined)
        return { refused: 'emergency-path', detail: `${missing.key} would not be as needed.`, again: false };
      secretsHidden = compareSettings(planned.before, config.settings, this.#known.absentMeans).hiddenSecrets > 0;
      const steps = this.#known.write(planned.forth, this.#unit(kept), 'forth');
      if ('cannot' in steps) return { refused: 'no-access', detail: steps.cannot, again: false };
    }
    return { kept, secretsHidden, running: this.running(text, config, 'before', about.firmware) };
  }

  plan(kept: Kept): PlannedChange | { refused: ApplyReasonCode; detail: string } {
    return planChange(this.#known, unpack(kept.gzipBase64), this.#request.changes, this.#mac);
  }

  /** Writes the change, or what was there before. Rejects with ConfigLinkError. */
  async write(ip: string, kept: Kept, forth: boolean): Promise<void> {
    const planned = this.plan(kept);
    if ('refused' in planned) throw new ConfigLinkError(planned.detail, planned.refused, false);
    const steps = this.#known.write(forth ? planned.forth : planned.back, this.#unit(kept), forth ? 'forth' : 'back');
    if ('cannot' in steps) throw new ConfigLinkError(steps.cannot, 'no-access', false);
    await runSteps(steps, this.#target(ip), this.#tools);
  }

  /** Stores what runs. Rejects with ConfigLinkError. */
  async save(ip: string, kept: Kept): Promise<void> {
    const steps = this.#known.save?.(this.#unit(kept)) ?? [];
    await runSteps(steps, this.#target(ip), this.#tools);
  }

  /** Reads the configuration back and compares it; null where it was not read. */
  async readBack(
    ip: string,
    kept: Kept,
  ): Promise<{
    readBack: ReadBack;
    differences: Differences;
    fingerprint: string;
    text: string;
    config: ReadConfig;
  } | null> {
    const planned = this.plan(kept);
    if ('refused' in planned) return null;
    const read = await this.#read(ip);
    if ('refused' in read) return null;
    const { settings } = read.config;
    const { absentMeans } = this.#known;
    const after = compareSettings(planned.after, settings, absentMeans);
    const before = compareSettings(planned.before, settings, absentMeans);
    return {
      readBack: {
        after: after.result,
        before: before.result,
        emergencyComplete: missingForEmergency(this.#request.emergency, settings).length === 0,
        secretsHidden: after.hiddenSecrets > 0,
      },
      differences: {
        differences: after.differences.slice(0, DIFFERENCES_MAX),
        differencesTotal: after.differences.length,
      },
      fingerprint: fingerprintOf(read.config, this.#secretKeys),
      text: read.text,
      config: read.config,
    };
  }

  running(text: string, config: ReadConfig, moment: RunningConfig['moment'], firmware: string | null): RunningConfig {
    const { gatewayId, jobId } = this.#request;
    const readAt = this.#tools.clock.now();
    const fingerprint = fingerprintOf(config, this.#secretKeys);
    return runningConfig(text, { gatewayId, jobId, moment, readAt, format: config.format, fingerprint, firmware });
  }

  async #read(ip: string): Promise<{ text: string; config: ReadConfig } | Refusal> {
    let text: string | null;
    try {
      text = await runSteps(this.#known.read(this.#unit(null)), this.#target(ip), this.#tools);
    } catch (error) {
      if (!(error instanceof ConfigLinkError)) throw error;
      return { refused: error.reason ?? 'unreadable', detail: error.message, again: error.reason === null };
    }
    const config = readConfig(this.#known, Buffer.from(text ?? ''));
    return 'refused' in config ? { ...config, again: true } : { text: text ?? '', config };
  }

  get #known(): ConfigProcedure {
    if (this.procedure === null)
      throw new ConfigLinkError('How this model is changed is not verified.', 'not-verified', false);
    return this.procedure;
  }

  get #mac(): string | null {
    const mac = this.#request.expects.macAddress?.toLowerCase().replaceAll(/[^0-9a-f]/g, '') ?? null;
    return mac !== null && mac.length === 12 ? mac : null;
  }

  #unit(kept: Kept | null): ConfigUnit {
    const read = kept === null ? null : readConfig(this.#known, unpack(kept.gzipBase64));
    const settings = read === null || 'refused' in read ? [] : [...read.settings];
    const ports = this.#request.access?.ports;
    return {
      model: this.#request.expects.model ?? '',
      mac: this.#mac,
      settings: new Map(settings.map(([key, { value }]) => [key, value])),
      enablePassword: this.#request.access?.enablePassword ?? null,
      // Plain HTTP only where the cloud names its port alone.
      tls: ports?.http === undefined || ports.https !== undefined,
      confirmWithinMs: this.#request.confirmWithinMs,
    };
  }

  #target(ip: string) {
    const { gatewayId, access } = this.#request;
    return { gatewayId, ip, access };
  }
}
