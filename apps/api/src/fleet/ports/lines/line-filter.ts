import type { REGISTRATION_FILTER, SinceRange } from '@loopstart/contracts';
import {
  LINE_DEVICE_CLASSES,
  type LineDeviceClass,
  REGISTRATION_STATES,
  SEVERITIES,
  type Severity,
  toCode,
} from '@loopstart/domain';
import { effectiveGateways } from '../../../core/fleet/effective-gateway.ts';
import { type GatewayKind, ofKind } from '../../../core/fleet/gateway-sql.ts';
import { allOf, allWords, oneOf } from '../../../core/list/conditions.ts';
import type { SqlValues } from '../../../core/list/sql-values.ts';

/** Which lines are asked for; each filter that is there has to match. */
export interface LineFilter extends GatewayKind {
  /** Patterns that all have to match something of the line: its names and numbers, its gateway, its site or its customer. */
  words: readonly string[] | null;
  lineDeviceClass?: readonly LineDeviceClass[] | undefined;
  severity?: readonly Severity[] | undefined;
  registration?: readonly (typeof REGISTRATION_FILTER)[number][] | undefined;
  kind?: readonly string[] | undefined;
  since?: SinceRange | undefined;
}

/** Who asks, when, and for what: what every statement about lines begins with. */
export interface LineQuestion {
  operatorId: string;
  now: Date;
  filter: LineFilter;
  /** Filters on what is plugged in match so few lines that they are looked up first. */
  rareDevices: boolean;
}

/** SQL: the severity of port `p` of gateway `e` with its arrays `c`, as `portView` judges it. */
export const SEVERITY = `case when e.trusted then port_severity(c.admin[p.ordinal + 1], c.oper[p.ordinal + 1], c.hook[p.ordinal + 1], c.call[p.ordinal + 1],
  c.registration[p.ordinal + 1], c.fault[p.ordinal + 1], p.line_device_class) else 'unknown' end`;

/** SQL: the code of its registration; null where none is known. */
export const REGISTRATION = 'case when e.distrust is null then c.registration[p.ordinal + 1] end';

/** SQL: since when it is so. */
export const SINCE = 'case when e.distrust is null then c.state_since[p.ordinal + 1] else e.distrust_since end';

export const PLACE = `join site s on s.id = e.site_id join customer k on k.id = s.customer_id`;

/** SQL: gateways in service `e` with their place `s`, `k`. `each`: for looking up one after the other. */
export const fleet = (now: string, options: { each?: boolean } = {}): string =>
  `${effectiveGateways(now, options)} e ${PLACE}`;

const SINCE_SQL: Record<SinceRange, (now: string) => string> = {
  hour: (now) => `(${SINCE}) >= ${now}::timestamptz - interval '1 hour'`,
  day: (now) => `(${SINCE}) >= ${now}::timestamptz - interval '1 day'`,
  week: (now) => `(${SINCE}) >= ${now}::timestamptz - interval '7 days'`,
  older: (now) => `(${SINCE}) < ${now}::timestamptz - interval '7 days'`,
};

/** SQL over gateways `e`: those that can have a wanted line at all. */
export function gatewayMatch({ operatorId, filter, rareDevices }: LineQuestion, values: SqlValues): string {
  const { severity, registration, lineDeviceClass } = filter;
  const codes = registration?.flatMap((one) => (one === 'unknown' ? [] : [registrationCode(one)])) ?? [];
  return allOf([
    'e.ports_total > 0',
    ...ofKind(filter, values),
    // Counts and arrays of a gateway tell without its lines whether one of them can match.
    ...(severity === undefined ? [] : [`${countsOf(severity)} > 0`]),
    ...(registration === undefined || registration.includes('unknown')
      ? []
      : [
          `e.distrust is null and exists (select from gateway_current r where r.gateway_id = e.id and r.registration && ${values.add(codes)}::smallint[])`,
        ]),
    ...(rareDevices && lineDeviceClass !== undefined
      ? [
          `e.id in (select d.gateway_id from port d where d.operator_id = ${values.add(operatorId)} and d.removed_at is null and d.line_device_class = any (${values.add(lineDeviceClass)}::text[]))`,
        ]
      : []),
  ]);
}

/** SQL: how many lines of gateway `e` have one of these severities. */
export const countsOf = (severities: readonly Severity[]): string =>
  `(${SEVERITIES.filter((one) => severities.includes(one))
    .map((one) => `e.ports_${one}`)
    .join(' + ')})`;

/** SQL over ports `p` of gateways `e` with their arrays `c`. */
export function lineMatch({ operatorId, now, filter }: LineQuestion, values: SqlValues): string {
  const { words, lineDeviceClass, severity, registration, kind, since } = filter;
  return allOf([
    `p.operator_id = ${values.add(operatorId)}`,
    'p.removed_at is null',
    ...oneOf('p.line_device_class', lineDeviceClass, 'text', values),
    ...oneOf('p.kind', kind, 'text', values),
    ...oneOf(SEVERITY, severity, 'text', values),
    ...(registration === undefined
      ? []
      : [
          `coalesce(${REGISTRATION}, -1) = any (${values.add(registration.map((one) => (one === 'unknown' ? -1 : registrationCode(one))))}::smallint[])`,
        ]),
    ...(since === undefined ? [] : [SINCE_SQL[since](values.add(now))]),
    ...allWords(['p.label', 'p.number', 'p.reported_number', 'p.name', 'e.name', 'e.place'], words, values),
  ]);
}

/** Do the counts of the gateways alone tell how many lines match? */
export function isCounted({ words, lineDeviceClass, registration, kind, since }: LineFilter): boolean {
  return [words ?? undefined, lineDeviceClass, registration, kind, since].every((value) => value === undefined);
}

/** Does matching a line need the arrays of its gateway? */
export function needsArrays({ severity, registration, since }: LineFilter): boolean {
  return [severity, registration, since].some((value) => value !== undefined);
}

export const registrationCode = (state: (typeof REGISTRATION_STATES)[number]): number =>
  toCode(REGISTRATION_STATES, state) ?? 0;

/** Values of a column that has few, in the order a list sorts them by. */
export const DEVICE_ORDER = LINE_DEVICE_CLASSES;
export const REGISTRATION_ORDER = [...REGISTRATION_STATES, 'unknown'] as const;
