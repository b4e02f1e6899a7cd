import type { AlertSeverity, Silence, SilenceInput } from '@loopstart/contracts';
import type { ConditionKind, LineDeviceClass } from '@loopstart/domain';
import type { z } from 'zod';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { instantOfLocal } from '../../lib/forms/local-moment.ts';
import { matchOf, matchWords } from '../matching/index.ts';
import { t } from '../../messages/maintenance.ts';

/** A silence as it is edited; nothing ticked takes all. */
export interface SilenceDraft {
  severities: AlertSeverity[];
  kinds: ConditionKind[];
  lineDeviceClasses: LineDeviceClass[];
  scope: 'operator' | 'customer' | 'site' | 'gateway';
  scopeId: string;
  /** A line of the gateway; empty is the whole gateway. */
  position: string;
  reason: string;
  /** Local date and time; empty begins now. */
  startsAt: string;
  endsAt: string;
}

export function newSilence(endsAt: string): SilenceDraft {
  return {
    severities: [],
    kinds: [],
    lineDeviceClasses: [],
    scope: 'site',
    scopeId: '',
    position: '',
    reason: '',
    startsAt: '',
    endsAt,
  };
}

/** What is sent for a draft; times are those of the zone. It still has to pass the contract's schema. */
export function silenceInputOf(draft: SilenceDraft, zone: string): z.input<typeof SilenceInput> {
  const { severities, kinds, lineDeviceClasses } = draft;
  return {
    matcher: { ...matchOf({ severities, kinds, lineDeviceClasses }), ...placeOf(draft) },
    reason: draft.reason,
    ...(draft.startsAt === '' ? {} : { startsAt: instantOfLocal(draft.startsAt, zone) ?? draft.startsAt }),
    endsAt: instantOfLocal(draft.endsAt, zone) ?? draft.endsAt,
  };
}

function placeOf({ scope, scopeId, position }: SilenceDraft): z.input<typeof SilenceInput>['matcher'] {
  switch (scope) {
    case 'operator':
      return {};
    case 'customer':
      return { customerId: scopeId };
    case 'site':
      return { siteId: scopeId };
    case 'gateway':
      return { gatewayId: scopeId, ...(position.trim() === '' ? {} : { position: Number(position) }) };
  }
}

const DAY_MS = 86_400_000;
const DAYS_MAX = 90;

/** What the schema alone does not see: an end in the past, or so far away that nobody would remember it. */
export function checkSilence(input: z.output<typeof SilenceInput>, nowMs: number): FieldErrors {
  const ends = Date.parse(input.endsAt);
  const begins = input.startsAt === undefined ? nowMs : Date.parse(input.startsAt);
  if (ends <= Math.max(begins, nowMs)) return { endsAt: t('endBeforeBeginning') };
  if (ends - nowMs > DAYS_MAX * DAY_MS) return { endsAt: t('mostDaysNow', { days: DAYS_MAX }) };
  return {};
}

/** What of a silence's scope is not told: "Critical incidents about “Port unregistered”". */
export function silenceWords(matcher: Silence['matcher']): string {
  const { severities, kinds, lineDeviceClasses } = matcher;
  return matchWords({ severities, kinds, lineDeviceClasses }, new Map());
}
