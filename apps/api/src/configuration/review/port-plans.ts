import { DialPlanText } from '@loopstart/contracts';
import {
  type ClassOfService,
  type ConfigEntry,
  countryEmergency,
  DIAL_CLASSES,
  type DialClass,
  type DialPlan,
  type FieldId,
  type Finding,
  readDialPlan,
  type RequiredNumber,
  type SettingResolution,
  siteEmergencyNumbers,
} from '@loopstart/domain';
import { type DialPlanFault, dialPlansFor, namedUnit, type PlannedLine } from '@loopstart/drivers/configuration';
import type { GatewayFacts, ResolvedGateway } from '../entries/index.ts';

/** The dial plan of a gateway's ports in its own language, and what is wrong with them. */
export interface PortPlans {
  maps: ReturnType<typeof dialPlansFor>['maps'];
  findings: Finding[];
}

/** The settings of a gateway by which the plans of its ports are checked. */
export const PLAN_SETTINGS_OF_GATEWAY: ReadonlySet<FieldId> = new Set(['line.country']);

const CHECK_OF: Readonly<Record<DialPlanFault['kind'], Finding['check']>> = {
  refused: 'dial-plan-refused',
  'not-verified': 'not-verified',
  differs: 'dial-plan-differs',
  emergency: 'emergency-path',
};

/** Reads the plans that ports name, compiles them for the gateway, and checks that the calls that must get out do. */
export function portPlans(facts: GatewayFacts, { gateway, ports, dialPlan }: ResolvedGateway): PortPlans {
  const findings: Finding[] = [];
  const find = (check: Finding['check'], position: number, detail: string) =>
    findings.push({ check, gatewayId: facts.id, position, field: 'port.dialPlan', detail });
  const country = countryOf(gateway);
  // One object for each plan, so that ports that share it are compiled and checked once.
  const plans = new Map<string, DialPlan | null>();
  const lines: PlannedLine[] = [];
  for (const { facts: port, resolution } of ports) {
    const { position, deviceClass } = port;
    const name = resolution.values.get('port.dialPlan')?.value;
    if (typeof name !== 'string') continue;
    if (!plans.has(name)) plans.set(name, planOf(dialPlan(name), country));
    const plan = plans.get(name) ?? null;
    if (plan === null) {
      find('unknown-dial-plan', position, `there is no dial plan ${name}`);
      continue;
    }
    if (country === null)
      find('country-unknown', position, 'set the country of tones of the gateway, its site or above');
    const asked = namesOf(resolution.values.get('port.blockedClasses')?.value);
    const unknown = asked.filter((one) => !isDialClass(one));
    if (unknown.length > 0) find('dial-plan-refused', position, `there is no class of numbers ${unknown.join(', ')}`);
    const required = namesOf(resolution.values.get('port.alarmReceivers')?.value).map((dialled): RequiredNumber => ({
      dialled,
      sendAs: null,
    }));
    const isLift = deviceClass === 'lift-phone';
    lines.push({
      position,
      plan,
      service: serviceOf(resolution),
      alarmReceivers: isLift ? [] : required,
      liftCentres: isLift ? required : [],
    });
  }
  if (lines.length === 0) return { maps: new Map(), findings };
  const { driverId, model, firmware } = facts;
  const unit = namedUnit(driverId, { model, firmware }, facts.ports);
  const { maps, faults } = dialPlansFor(driverId, unit, lines);
  for (const { kind, position, detail } of faults) find(CHECK_OF[kind], position, detail);
  return { maps, findings };
}

/** The country whose emergency numbers hold for a gateway; null where none is set, or its numbers are not known. */
export function countryOf({ values }: SettingResolution): string | null {
  const country = values.get('line.country')?.value;
  return typeof country === 'string' && countryEmergency(country) !== null ? country : null;
}

/** What a port may not dial. */
export const serviceOf = ({ values }: SettingResolution): ClassOfService => ({
  blocked: namesOf(values.get('port.blockedClasses')?.value).filter(isDialClass),
});

const isDialClass = (name: string): name is DialClass => DIAL_CLASSES.includes(name as DialClass);
const namesOf = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : []);

/** By entry and country. Gateways share entries, and what is compiled from one plan is known by the plan. */
const plansOf = new WeakMap<ConfigEntry, Map<string | null, DialPlan | null>>();

/** The plan with the emergency numbers of the country; null where there is none, or it cannot be read. */
export function planOf(entry: ConfigEntry | null, country: string | null): DialPlan | null {
  if (entry === null) return null;
  const ofEntry = plansOf.get(entry) ?? new Map<string | null, DialPlan | null>();
  plansOf.set(entry, ofEntry);
  const known = ofEntry.get(country);
  if (known !== undefined) return known;
  const plan = readPlan(entry, country);
  ofEntry.set(country, plan);
  return plan;
}

function readPlan(entry: ConfigEntry, country: string | null): DialPlan | null {
  const text = DialPlanText.safeParse(entry.value);
  if (!text.success) return null;
  const read = readDialPlan(text.data);
  return read.ok ? { ...read.plan, emergencyNumbers: siteEmergencyNumbers(country) } : null;
}
