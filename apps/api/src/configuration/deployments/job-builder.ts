import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CONFIG_CHANGES_MAX } from '@loopstart/contracts';
import type { Endpoint } from '@loopstart/domain';
import { type JobPayload, sealPayload, writtenSecrets } from '../../agents/config-jobs/index.ts';
import type { Sql } from '../../core/db/database.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import { EntryRepository, type GatewayFacts, GatewayFactsRepository, type ResolvedGateway } from '../entries/index.ts';
import type { RenderedConfig } from '@loopstart/drivers/configuration';
import { Planner, portPlans, render, wishOf } from '../review/index.ts';
import type { JobData } from './job.repository.ts';
import { withSecrets } from './with-secrets.ts';

/** A job and the gateway that it is for. */
export interface BuiltJob {
  facts: GatewayFacts;
  job: JobData;
}

/** Renders what is in force for gateways into jobs. Secrets are opened here, and leave only sealed. */
@Injectable()
export class JobBuilder {
  constructor(
    private readonly planner: Planner,
    private readonly entries: EntryRepository,
    private readonly gateways: GatewayFactsRepository,
    private readonly secrets: Secrets,
  ) {}

  /** Gateways that cannot be configured, or for which nothing is set, have no job. */
  async build(sql: Sql, operatorId: string, gatewayIds: readonly string[]): Promise<BuiltJob[]> {
    const plain = await this.entries.openSecrets(sql, operatorId, this.secrets, gatewayIds);
    const former = await writtenSecrets(sql, this.secrets, operatorId, gatewayIds);
    const built: BuiltJob[] = [];
    for await (const { facts, after } of this.planner.inForce(sql, operatorId, gatewayIds)) {
      const resolved = after.resolve(facts);
      const payload = payloadOf(facts, resolved, plain, former.get(facts.id));
      if (payload === null) continue;
      const id = randomUUID();
      const sealed = await sealPayload(this.secrets, operatorId, id, payload);
      const groupName = groupOf(resolved);
      built.push({ facts, job: { id, gatewayId: facts.id, payload: sealed, groupName, peers: [] } });
    }
    const groups = await this.#groups(sql, operatorId, built);
    return built.map(({ facts, job }) => ({ facts, job: { ...job, peers: peersOf(job, groups) } }));
  }

  /** The gateways of each group, by its name; empty where none of these has one. */
  async #groups(sql: Sql, operatorId: string, built: readonly BuiltJob[]): Promise<Map<string, string[]>> {
    const groups = new Map<string, string[]>();
    if (built.every(({ job }) => job.groupName === null)) return groups;
    const ids = await this.gateways.idsWithSetting(sql, operatorId, 'gateway.redundancyGroup');
    for await (const { facts, after } of this.planner.inForce(sql, operatorId, ids)) {
      const group = groupOf(after.resolve(facts));
      if (group !== null) groups.set(group, [...(groups.get(group) ?? []), facts.id]);
    }
    return groups;
  }
}

/** The other gateways of its group, whether they are deployed with it or not. */
const peersOf = ({ gatewayId, groupName }: JobData, groups: ReadonlyMap<string, string[]>): string[] =>
  groupName === null ? [] : (groups.get(groupName) ?? []).filter((id) => id !== gatewayId);

function payloadOf(
  facts: GatewayFacts,
  resolved: ResolvedGateway,
  plain: ReadonlyMap<string, string>,
  former: ReadonlyMap<string, string> | undefined,
): JobPayload | null {
  const plans = portPlans(facts, resolved);
  const { changes, refusals, written } = render(facts, withSecrets(wishOf(facts, resolved, plans), plain));
  if (changes.length === 0 || changes.length > CONFIG_CHANGES_MAX || refusals.length > 0) return null;
  return {
    changes: changes.map((change) =>
      change.kind === 'remove'
        ? change
        : {
            kind: 'set',
            key: change.key,
            value: change.value,
            ...(change.isSecret && { secret: true, former: former?.get(change.key) ?? null }),
          },
    ),
    mustRegister: resolved.ports
      .filter(({ resolution }) => registers(resolution.values))
      .map(({ facts: { position } }) => position),
    emergency: dialPlanKeys(written),
    sipServer: serverOf(resolved),
    sealedKeys: sealedKeys(resolved, written),
  };
}

/** Keys without which an emergency call does not get out: those of the dial plans, as they were checked. */
function dialPlanKeys(written: RenderedConfig['written']): JobPayload['emergency'] {
  const keys = new Map<string, string>();
  for (const { field, changes } of written)
    if (field === 'port.dialPlan')
      for (const change of changes) if (change.kind === 'set') keys.set(change.key, change.value);
  return [...keys].map(([key, value]) => ({ key, match: 'equals', value }));
}

/** Keys of the settings that a layer closed to all below it. */
function sealedKeys({ gateway, ports }: ResolvedGateway, written: RenderedConfig['written']): string[] {
  const at = new Map(ports.map(({ facts, resolution }) => [facts.position, resolution]));
  return written.flatMap(({ field, position, changes }) => {
    if (field === null) return [];
    // Some models write a setting of the gateway at each of its ports.
    const ofPort = position === null ? undefined : at.get(position)?.values.get(field);
    const isSealed = (ofPort ?? gateway.values.get(field))?.origin.isSealed === true;
    return isSealed ? changes.map(({ key }) => key) : [];
  });
}

/** A port with an account gives service, unless it is switched off. */
function registers(values: ResolvedGateway['gateway']['values']): boolean {
  const isEnabled = values.get('port.enabled')?.value !== false;
  return isEnabled && typeof values.get('port.extension')?.value === 'string';
}

function serverOf({ gateway }: ResolvedGateway): string | null {
  const [first] = (gateway.values.get('sip.registrars')?.value ?? []) as readonly Endpoint[];
  if (first === undefined) return null;
  return first.port === null ? first.host : `${first.host}:${first.port}`;
}

const groupOf = ({ gateway }: ResolvedGateway): string | null => {
  const value = gateway.values.get('gateway.redundancyGroup')?.value;
  return typeof value === 'string' ? value : null;
};
