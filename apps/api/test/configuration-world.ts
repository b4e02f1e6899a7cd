import { gzipSync } from 'node:zlib';
import { type ConfigEditInput, type DownOf, endpoints, type GatewayConfigProgress } from '@loopstart/contracts';
import { DesiredStateRepository } from '../src/agents/desired-state/desired-state.repository.ts';
import { AdvanceService } from '../src/configuration/deployments/advance.service.ts';
import { ReadService } from '../src/configuration/reading/read.service.ts';
import { DriftService } from '../src/configuration/running/drift.service.ts';
import { startApp, type TestApp, type TestOperator } from './app.ts';
import { plantConfigurable, progressOf } from './configuration.ts';
import type { Planted, PlantOptions } from './fleet.ts';
import { type IngestInstance, itemOf, startIngest, TestStream } from './ingest.ts';

export type Edit = Partial<ConfigEditInput> & Pick<ConfigEditInput, 'place' | 'name'>;
type Job = DownOf<'gateway-config'>;

/** An API with an operator, the agents of its gateways, and a clock that is set by hand. */
export class ConfigurationWorld {
  now: number;
  readonly #streams = new Map<string, TestStream>();
  #ingest!: IngestInstance;
  api!: TestApp;
  oak!: TestOperator;

  private constructor(now: number) {
    this.now = now;
  }

  static async start(now: number): Promise<ConfigurationWorld> {
    const world = new ConfigurationWorld(now);
    world.api = await startApp({ clock: () => world.now });
    world.oak = await world.api.operator('Oak');
    world.#ingest = await startIngest(world.api.database.config, () => world.now);
    return world;
  }

  async close(): Promise<void> {
    await this.#ingest.close();
    await this.api.close();
  }

  plant(site: string, more: PlantOptions = {}): Promise<Planted> {
    const options = { site, gateway: site, ports: [{}, { device: 'lift-phone' as const }], ...more };
    return plantConfigurable(this.api.database.ownerUrl, this.oak.operatorId, options);
  }

  async draft(name: string, ...edits: Edit[]): Promise<string> {
    const { id } = await this.oak.technician(endpoints.createConfigDraft, { body: { name } });
    const body = { edits: edits.map((one) => ({ action: 'set', sees: null, ...one }) as ConfigEditInput) };
    if (edits.length > 0) await this.oak.technician(endpoints.editConfigDraft, { params: { draftId: id }, body });
    return id;
  }

  publish(draftId: string) {
    return this.oak.technician(endpoints.publishConfigDraft, { params: { draftId }, body: { reason: 'Agreed' } });
  }

  deploy(gatewayIds: string[], more: object = {}) {
    const expiresAt = new Date(this.now + 3_600_000).toISOString();
    const body = { gatewayIds, mode: 'now' as const, reason: 'Go', expiresAt, ...more };
    return this.oak.technician(endpoints.deployConfig, { body });
  }

  /** What the agent of a gateway would be sent now. */
  async sentTo({ agentId, operatorId }: Planted): Promise<Job[]> {
    const repository = this.api.app.get(DesiredStateRepository);
    const { messages } = await repository.pending(operatorId, agentId, new Date(this.now));
    return messages.filter((message) => message.kind === 'gateway-config');
  }

  /** Codes of what was refused. */
  async say(gateway: Planted, kind: 'gateway-config' | 'running-config', body: object): Promise<unknown[]> {
    const stream = this.#streams.get(gateway.agentId) ?? new TestStream();
    this.#streams.set(gateway.agentId, stream);
    const item = itemOf(gateway.agentId, stream.say(kind, body as never), this.now);
    const outcomes = await this.#ingest.committer.commit([item]);
    return outcomes.flatMap(({ rejections }) => rejections.map(({ rejection }) => rejection.code));
  }

  report(gateway: Planted, { jobId, gatewayId, revision }: Job, more: Partial<GatewayConfigProgress>) {
    return this.say(gateway, 'gateway-config', progressOf({ jobId, gatewayId, revision }, this.now, more));
  }

  /** The agent read the gateway during a job. `values` by key; the file is a Grandstream one. */
  async readDuring(
    gateway: Planted,
    { jobId }: Pick<Job, 'jobId'>,
    values: Readonly<Record<string, string>>,
    moment: 'before' | 'after' = 'before',
  ): Promise<void> {
    const keys = Object.entries(values).map(([key, value]) => `<${key}>${value}</${key}>\n`);
    const text = `<?xml version="1.0" encoding="UTF-8"?>\n<gs_provision version="1">\n<config version="1">\n${keys.join('')}</config>\n</gs_provision>\n`;
    await this.say(gateway, 'running-config', {
      gatewayId: gateway.gatewayId,
      jobId,
      moment,
      readAt: this.now,
      format: 'grandstream-xml',
      fingerprint: Buffer.from(text.slice(-40)).toString('hex').padEnd(64, '0').slice(0, 64),
      firmware: null,
      bytes: text.length,
      gzipBase64: gzipSync(text).toString('base64'),
      nullReason: null,
    });
    await this.api.app.get(DriftService).compareNew();
  }

  /** Publishes edits and has a gateway confirm them; returns the values that it was sent. */
  async confirm(gateway: Planted, name: string, ...edits: Edit[]): Promise<Record<string, string>> {
    await this.publish(await this.draft(name, ...edits));
    await this.deploy([gateway.gatewayId]);
    const [job] = await this.sentTo(gateway);
    this.now += 1000;
    await this.report(gateway, job!, { state: 'confirmed', holds: 'after', verdict: 'works' });
    this.now += 1000;
    await this.advance();
    return Object.fromEntries(job!.changes.flatMap((one) => (one.kind === 'set' ? [[one.key, one.value]] : [])));
  }

  advance(): Promise<void> {
    return this.api.app.get(AdvanceService).advanceAll();
  }

  issueReads(): Promise<void> {
    return this.api.app.get(ReadService).issueAll();
  }

  async drifts(gatewayId: string) {
    return (await this.oak.viewer(endpoints.listConfigDrifts, { query: { gatewayId } })).items;
  }

  async reads(gatewayId: string) {
    return (await this.oak.viewer(endpoints.listConfigReads, { query: { gatewayId } })).items;
  }

  async jobs(deploymentId: string) {
    return (await this.oak.viewer(endpoints.listConfigJobs, { query: { deploymentId } })).items;
  }
}

export const account = (gatewayId: string, position: number, extension: string): Edit[] => [
  { place: { layer: 'port', gatewayId, position }, name: 'port.extension', value: extension },
  { place: { layer: 'port', gatewayId, position }, name: 'port.password', value: `secret-of-${extension}` },
];
