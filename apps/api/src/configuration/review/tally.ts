import type { ConfigReview } from '@loopstart/contracts';
import { CHANGE_COSTS, type ConfigCheck, effectOf, type Finding, LINE_DEVICE_CLASSES } from '@loopstart/domain';
import type { GatewayPlan } from './gateway-plan.ts';

/** Most findings that a review lists. */
const FINDINGS_MAX = 200;

/** The counts of a plan. Memory does not grow with the number of gateways. */
export class Tally {
  gateways = 0;
  lines = 0;
  lifeSafetyLines = 0;
  settingsChanged = 0;
  keysChanged = 0;
  findingsTotal = 0;
  readonly found = new Map<ConfigCheck, number>();
  readonly siteIds = new Set<string>();
  readonly changedAccounts = new Set<string>();
  readonly #findings: ConfigReview['findings'] = [];
  readonly #byDevice = new Map<string, number>();
  readonly #byCost = new Map<string, number>();
  readonly #notVerified = new Map<string, ConfigReview['notVerified'][number]>();

  add(plan: GatewayPlan): void {
    const { facts, ports, settings, keys, keysReason, cost } = plan;
    if (settings.length > 0) {
      this.gateways += 1;
      this.lines += ports.length;
      this.lifeSafetyLines += plan.lifeSafetyLines;
      this.settingsChanged += settings.length;
      this.keysChanged += keys.length;
      bump(this.#byCost, cost);
      for (const { deviceClass } of ports) bump(this.#byDevice, deviceClass);
    }
    if (keysReason !== null) this.#notVerifiedModel(plan, keysReason);
    for (const { position, change } of settings)
      if (change.field === 'port.extension') {
        this.siteIds.add(facts.siteId);
        this.changedAccounts.add(`${facts.id} ${position}`);
      }
    for (const finding of plan.findings) this.addFinding(finding, facts.name);
  }

  addFinding(finding: Finding, gatewayName: string | null): void {
    bump(this.found, finding.check);
    this.findingsTotal += 1;
    if (this.#findings.length < FINDINGS_MAX) this.#findings.push(findingView(finding, gatewayName));
  }

  result(): Pick<
    ConfigReview,
    | 'gateways'
    | 'lines'
    | 'lifeSafetyLines'
    | 'linesByDeviceClass'
    | 'gatewaysByCost'
    | 'settingsChanged'
    | 'keysChanged'
    | 'findings'
    | 'findingsTotal'
    | 'checksFailed'
    | 'notVerified'
  > {
    const { gateways, lines, lifeSafetyLines, settingsChanged, keysChanged, findingsTotal } = this;
    return {
      ...{ gateways, lines, lifeSafetyLines, settingsChanged, keysChanged, findingsTotal },
      linesByDeviceClass: counted(LINE_DEVICE_CLASSES, this.#byDevice).map(([deviceClass, lines]) => ({
        deviceClass,
        lines,
      })),
      gatewaysByCost: counted(CHANGE_COSTS, this.#byCost).map(([cost, gateways]) => ({ cost, gateways })),
      findings: this.#findings,
      checksFailed: [...this.found].map(([check, count]) => ({ check, effect: effectOf(check), count })),
      notVerified: [...this.#notVerified.values()],
    };
  }

  #notVerifiedModel({ facts: { driverId, model } }: GatewayPlan, detail: string): void {
    const key = JSON.stringify([driverId, model, detail]);
    const known = this.#notVerified.get(key);
    this.#notVerified.set(key, { driverId, model, detail, gateways: (known?.gateways ?? 0) + 1 });
  }
}

export const findingView = (finding: Finding, gatewayName: string | null): ConfigReview['findings'][number] => ({
  ...finding,
  effect: effectOf(finding.check),
  gatewayName,
});

function bump<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The values that occur, in their order. */
const counted = <T extends string>(order: readonly T[], counts: ReadonlyMap<string, number>): [T, number][] =>
  order.flatMap((value): [T, number][] => {
    const count = counts.get(value);
    return count === undefined ? [] : [[value, count]];
  });
