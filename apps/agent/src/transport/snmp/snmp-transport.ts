import type { ReadPlan, SnmpStep } from '@loopstart/drivers';
import type { RequestSizeMemory, SnmpClient, SnmpTarget } from '@loopstart/snmp';
import type { Device, DeviceLink, DeviceTransport, PlanReading, StepResult, StepRun } from '../device-transport.ts';
import { credentialsOf } from './access.ts';
import { executePlan, readMemory, SYS_UP_TIME, type ReadMemory } from './read-plan.ts';
import { carryOutStep } from './snmp-steps.ts';

/** SNMP as a transport. */
export class SnmpTransport implements DeviceTransport {
  readonly name = 'snmp';
  readonly client: SnmpClient;

  constructor(client: SnmpClient) {
    this.client = client;
  }

  link(device: Device, requestSize: RequestSizeMemory | null = null, now?: () => number): SnmpLink {
    return new SnmpLink(this.client, device, readMemory(requestSize, now));
  }
}

/** One gateway by SNMP. */
export class SnmpLink implements DeviceLink {
  readonly client: SnmpClient;
  readonly memory: ReadMemory;
  readonly #device: Device;

  constructor(client: SnmpClient, device: Device, memory: ReadMemory) {
    this.client = client;
    this.#device = device;
    this.memory = memory;
  }

  /** The target for requests; with `write`, with the access to change it. */
  async target(write = false): Promise<SnmpTarget> {
    const host = await this.#device.host();
    const { target, limits } = this.#device;
    const { timeoutMs, retries } = limits;
    return { host, port: target.port, credentials: credentialsOf(target.access, write), timeoutMs, retries };
  }

  /** Resolves where the gateway answers; rejects with SnmpError. */
  async probe(): Promise<void> {
    await this.client.get(await this.target(), [SYS_UP_TIME]);
  }

  async read(plan: ReadPlan): Promise<PlanReading> {
    return executePlan(this.client, await this.target(), plan, this.memory);
  }

  async carryOut(step: SnmpStep, run: StepRun): Promise<StepResult> {
    const [reading, writing] = [await this.target(), await this.target(true)];
    return carryOutStep(step, { ...run, client: this.client, reading, writing });
  }
}
