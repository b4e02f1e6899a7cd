import type { Capabilities, PortInfo } from '@loopstart/contracts';
import { ACTION_TYPES, CAPABILITY_FIELDS, type CapabilityField } from '@loopstart/domain';
import { evidenceFor, idleEvidenceOf, supportedFields } from './capabilities.ts';
import type { Driver, Identity, ReadSlices } from './driver.ts';
import type { Complain } from './first-answer.ts';
import { readGateway, systemTexts } from './interpret-gateway.ts';
import { interpretPoll } from './interpret-poll.ts';
import { readPorts } from './interpret-ports.ts';
import { isOffered, type Unit } from './offer.ts';
import { actionRules, type ActionRules } from './slices/actions.ts';
import type { Answers, Problem } from './source.ts';

const PROBLEMS_MAX = 50;

/**
 * Identity of a gateway, from the answers to `inventoryPlan`. Never throws; what was not answered is null. Capabilities
 * record, field by field, what this unit answered: the plan reads once what every poll reads.
 */
export function interpretInventory(driver: Driver, answers: Answers): Identity {
  const problems: Problem[] = [];
  const complain: Complain = (oid, why) => {
    if (problems.length < PROBLEMS_MAX) problems.push({ oid, why });
  };
  const system = systemTexts(answers, complain);
  const ports = readPorts(driver.ports, system, answers, complain);
  const gateway = readGateway(driver, system, ports, answers, complain);
  return {
    gateway,
    ports,
    capabilities: readCapabilities(driver, answers, ports),
    actions: actionsOf(actionRules(driver), gateway, ports),
    idleEvidence: idleEvidenceOf(driver.ports),
    evidence: evidenceFor(driver, gateway.model),
    problems,
  };
}

function readCapabilities(driver: ReadSlices, answers: Answers, ports: readonly PortInfo[]): Capabilities {
  const supported = supportedFields(driver);
  const reading = interpretPoll(driver, ports, answers);
  const columns: Record<string, readonly (number | null)[] | undefined> = {
    ...reading.state,
    ...reading.measures,
    ...reading.counters,
  };
  const notAnswered = new Set(
    reading.nulls.filter(({ reason, ports }) => reason === 'not-answered' && ports === '*').map(({ field }) => field),
  );
  const state = (field: CapabilityField) => {
    if (!supported.has(field)) return 'not-supported';
    if ((driver.lineTest?.measures as readonly string[] | undefined)?.includes(field)) return 'unproven';
    // 'Does not apply now' is an answer too: an idle line has no call to report.
    const silent = notAnswered.has(field) || columns[field]?.length === 0;
    return silent ? 'unproven' : 'measured';
  };
  return Object.fromEntries(CAPABILITY_FIELDS.map((field) => [field, state(field)]));
}

/** Actions that this unit offers: those on a port need one. Every gateway supports an immediate poll. */
function actionsOf(rules: ActionRules, unit: Unit, ports: readonly PortInfo[]): Identity['actions'] {
  return ACTION_TYPES.filter((type) => {
    const rule = rules[type];
    if (rule === undefined) return type === 'poll-now';
    return (rule.scope === 'gateway' || ports.length > 0) && isOffered(rule.offer ?? {}, unit);
  });
}
