import type { ConditionView, EffectiveThreshold } from '@loopstart/contracts';
import {
  type AlertPlace,
  CONDITIONS,
  type ConditionKind,
  SOURCED_KINDS,
  Thresholds,
  WITHOUT_SOURCE,
} from '@loopstart/domain';
import type { z } from 'zod';
import type { StoredThreshold } from './threshold.repository.ts';

type EffectiveView = z.infer<typeof EffectiveThreshold>;

/** A kind with its thresholds and what was set for it. */
export function conditionView(kind: ConditionKind, settings: readonly StoredThreshold[]): ConditionView {
  const { title, means, firstStep, severity, subject, parameters } = CONDITIONS[kind];
  return {
    kind,
    title,
    means,
    firstStep,
    severity,
    subject,
    withoutSource: WITHOUT_SOURCE[kind] ?? null,
    parameters: Object.entries(parameters).map(([name, spec]) => ({ name, ...spec })),
    settings: settings
      .filter((setting) => setting.kind === kind)
      .map(({ setAt, parameters: set, ...rest }) => ({ ...rest, parameters: { ...set }, setAt: setAt.toISOString() })),
  };
}

/** Kinds that something can raise, and that can be said of a place itself: of a line, of a gateway, of a site with its agent, or of the operator. */
export function kindsAt(place: AlertPlace): ConditionKind[] {
  const subjects: readonly string[] =
    place.position !== null
      ? ['port']
      : place.gatewayId !== null
        ? ['gateway']
        : place.siteId !== null
          ? ['site', 'agent']
          : ['operator', 'shared'];
  return SOURCED_KINDS.filter((kind) => subjects.includes(CONDITIONS[kind].subject));
}

/** What is in force at a place, parameter by parameter, and why. */
export function effectiveView(place: AlertPlace, settings: readonly StoredThreshold[]): EffectiveView[] {
  const thresholds = new Thresholds(settings);
  return kindsAt(place).map((kind) => {
    const { off, why } = thresholds.at(kind, place);
    const parameters = Object.entries(CONDITIONS[kind].parameters).map(([name, { unit, label }]) => {
      const { value, scope, scopeId, reason } = why[name]!;
      const setting = settings.find(
        (one) => one.kind === kind && one.scope === scope && one.scopeId === (scopeId ?? ''),
      );
      // A default may hang on what is on the line: then that is its name.
      return [name, { value, unit, label, scope, scopeName: setting?.scopeName ?? scopeId, reason }] as const;
    });
    return { kind, off, parameters: Object.fromEntries(parameters) };
  });
}
