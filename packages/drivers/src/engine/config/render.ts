import { fieldOf, valueProblem, type FieldId, type Settings } from '@loopstart/domain';
import type { DigitMap } from '../../digit-maps/index.ts';
import type { ConfigMapping, ConfiguredUnit } from '../slices/config.ts';
import { layoutFor, portCountOf, positionsOf, type ConfigDriver } from './layouts.ts';
import { Page } from './page.ts';
import { KEPT_BY_LOOPSTART } from './reasons.ts';
import { allocateProfiles } from './profiles.ts';
import type { ConfigWish, NotWritten, PlannedPort, RenderedConfig, RenderedLevel } from './wish.ts';
import { askedFields, wishesOf, type WishContext } from './wishes.ts';
import { isRefused } from './words.ts';

/** Writes the settings in the vendor's own words. */
export function renderConfig(
  driver: ConfigDriver,
  unit: ConfiguredUnit,
  wish: ConfigWish,
  level: RenderedLevel = 'all',
): RenderedConfig {
  const layout = layoutFor(driver, unit);
  if (isRefused(layout)) return nothing({ field: null, position: null, reason: layout.refused });
  const count = portCountOf(driver, unit, layout);
  const isThere = ({ position }: PlannedPort) => position >= 1 && (count === null || position <= count);
  const [ports, absent] = divided(portsOf(wish), isThere);
  const profiles = layout.profiles === undefined ? { ofPort: new Map(), used: [] } : allocateProfiles(layout, ports);
  if ('refused' in profiles) return nothing({ field: null, position: null, reason: profiles.refused });
  const page = new Page(unit, layout);
  for (const { position } of absent) {
    const has = count === null ? 'ports from 1 on' : count === 1 ? 'one port' : `the ports 1 to ${count}`;
    page.refusals.push({ field: null, position, reason: `this gateway has ${has}` });
  }
  const positions = positionsOf(
    driver,
    unit,
    layout,
    ports.map(({ position }) => position),
  );
  const context: WishContext = { layout, gateway: wish.gateway, ports, positions, profiles };
  const isAll = level === 'all';
  for (const field of askedFields(isAll ? context : { gateway: wish.gateway, ports: [] }))
    writeField(field, context, page);
  if (isAll) writeProfiles(context, page);
  return page.result();
}

function divided<T>(items: readonly T[], isFirst: (item: T) => boolean): [first: T[], second: T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

/** Ports in order, with the compiled dial plan in place of its name. Null is "not managed". */
function portsOf({ ports }: ConfigWish): readonly PlannedPort[] {
  const inOrder = [...ports].sort((a, b) => a.position - b.position);
  return inOrder.map((port) => {
    const managed = Object.entries(port.settings).filter(
      ([field, value]) => value !== null && field !== 'port.dialPlan',
    );
    const plan = port.dialPlan === undefined ? {} : { 'port.dialPlan': port.dialPlan };
    return { position: port.position, settings: { ...Object.fromEntries(managed), ...plan } as Settings };
  });
}

function writeField(field: FieldId, context: WishContext, page: Page): void {
  if (KEPT_BY_LOOPSTART[field] !== undefined) return;
  const reason = context.layout.notVerified[field];
  if (reason !== undefined) return void page.notVerified.push({ field, position: null, reason });
  const wishes = wishesOf(field, context);
  if (isRefused(wishes)) return void page.refusals.push({ field, position: null, reason: wishes.refused });
  if (fieldOf(field).level === 'gateway' && page.hasGap(wishes)) {
    const gap = 'its key is known for some of the ports or profiles of this gateway only';
    return void page.notVerified.push({ field, position: null, reason: gap });
  }
  for (const { mapping, index, value, others } of wishes) {
    const problem = field === 'port.dialPlan' ? languageProblem(value, context) : valueProblem(field, value);
    const position = mapping.scope === 'port' ? index : null;
    if (problem === null) page.write(field, mapping, { value, index, others });
    else page.refusals.push({ field, position, reason: problem });
  }
}

function languageProblem(map: unknown, { layout }: WishContext): string | null {
  const { language } = map as DigitMap;
  return language === layout.digitMap
    ? null
    : `expected a dial plan in the language ${layout.digitMap}, not ${language}`;
}

/** Puts each port on its profile, and each profile in use. */
function writeProfiles({ layout, profiles, ports }: WishContext, page: Page): void {
  if (layout.profiles === undefined || ports.length === 0) return;
  const { ofPort, activation } = layout.profiles;
  for (const index of activation === null ? [] : profiles.used) {
    page.write(null, activation as ConfigMapping<unknown>, { value: true, index, others: {} });
  }
  for (const [index, value] of profiles.ofPort)
    page.write(null, ofPort as ConfigMapping<unknown>, { value, index, others: {} });
}

function nothing(refusal: NotWritten): RenderedConfig {
  return { changes: [], written: [], cost: 'live', refusals: [refusal], notVerified: [] };
}
