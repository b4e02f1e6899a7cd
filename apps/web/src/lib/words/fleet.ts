import type { Agent, GatewaySummary } from '@loopstart/contracts';
import type { CapabilityField, PowerSource } from '@loopstart/domain';
import { t } from '../../messages/states.ts';

export const AGENT_STATE_WORDS: Record<Agent['state'], string> = t.group('agentState');

export const REACHABILITY_WORDS: Record<GatewaySummary['reachability'], string> = t.group('reachability');

export const EVIDENCE_WORDS: Record<GatewaySummary['evidence'], { label: string; meaning: string }> = {
  recording: { label: t('provenByRecordings'), meaning: t('readingsCheckedAgainstRecordings') },
  'mib-only': {
    label: t('mibOnly'),
    meaning: t('writtenVendorsMibNo'),
  },
  generic: { label: t('standardObjectsOnly'), meaning: t('readsWhatEveryGateway') },
};

export const POWER_WORDS: Record<PowerSource, string> = t.group('power');

export const CAPABILITY_WORDS: Record<CapabilityField, string> = t.group('capability');

export const CAPABILITY_STATE_WORDS: Record<string, { label: string; meaning: string }> = {
  measured: { label: t('capabilityRead'), meaning: t('unitReports') },
  unproven: { label: t('noAnswer'), meaning: t('mibButUnitDid') },
  'not-supported': { label: t('notSupported'), meaning: t('modelCannotReport') },
};
