import type {
  ConfigDifference,
  ConfigKeyChange,
  JsonValue,
  ShownAccess,
  AgentHealth,
  AlertSeverity,
  Capabilities,
  ChannelFilters,
  ChannelKind,
  GatewayIdentity,
  Recurrence,
  Role,
  RunbookRun,
  Silence,
  WebhookPayload,
  WebhookType,
  DELIVERY_STATES,
} from '@loopstart/contracts';
import type {
  ActionState,
  ActionType,
  AlertRecord,
  ChannelHealth,
  Conclusion,
  ConditionKey,
  ConditionKind,
  ApplyReasonCode,
  ApplyState,
  ApplyVerdict,
  ConfigCheck,
  ConfigDraftState,
  ConfigDriftState,
  GraveKey,
  ConfigEditAction,
  ConfigEntryKind,
  ConfigWaitReason,
  DeploymentMode,
  DeploymentState,
  EditableSettingLayer,
  HeldConfiguration,
  EscalationPolicy,
  Evidence,
  EvidenceItem,
  Hold,
  IdleEvidence,
  LineDeviceClass,
  MaintenanceWindow,
  ModelReason,
  OnCallSchedule,
  PortKind,
  PowerSource,
  PublishedKind,
  PublishedMode,
  RefusalCode,
  SubjectType,
  Symptom,
  ThresholdOverride,
} from '@loopstart/domain';

/** An alert and its incident are about the same condition at the same place. */
interface Condition {
  kind: ConditionKind;
  subjectType: SubjectType;
  severity: AlertSeverity;
  state: 'open' | 'resolved';
  lineDeviceClass: LineDeviceClass | null;
}

/**
 * Facts about columns that prisma/schema.prisma cannot express: the words of a text column (where the migrations have a
 * check or only this program writes it), the content of JSON, and lists that may be null. One entry for each model of
 * the schema.
 */
export interface Meanings {
  User: { role: Role };
  Mail: { state: 'waiting' | 'sent' | 'failed' | 'kept' };
  Agent: { health: AgentHealth | null };
  AgentTarget: { version: 'v1' | 'v2c' | 'v3' };
  Gateway: {
    modelReason: ModelReason | null;
    powerSource: PowerSource | null;
    idleEvidence: IdleEvidence | null;
    capabilities: Capabilities;
    identity: GatewayIdentity | null;
    retiredBecause: 'retired' | 'replaced' | 'merged' | null;
  };
  Port: { kind: PortKind; lineDeviceClass: LineDeviceClass; codecs: string[] | null };
  Action: { type: ActionType; state: ActionState; overrode: RefusalCode | null };
  ConfigDraft: { state: ConfigDraftState };
  ConfigEntry: {
    layer: EditableSettingLayer;
    kind: ConfigEntryKind;
    deviceClass: LineDeviceClass | null;
    action: ConfigEditAction;
    value: JsonValue;
  };
  ConfigRevision: { overrides: { check: ConfigCheck; reason: string }[] };
  ConfigDeployment: { mode: DeploymentMode; state: DeploymentState };
  ConfigJob: {
    state: ApplyState;
    reason: ApplyReasonCode | ConfigWaitReason | null;
    holds: HeldConfiguration;
    verdict: ApplyVerdict | null;
    differences: ConfigDifference[];
  };
  RunningConfig: { moment: 'before' | 'after' | 'reverted' };
  ConfigDrift: { state: ConfigDriftState; keys: ConfigKeyChange[]; graveKeys: GraveKey[] };
  ConfigAccess: { shown: ShownAccess };
  RunbookRun: {
    symptom: Symptom;
    state: RunbookRun['state'];
    lineTest: RunbookRun['lineTest'];
    evidence: EvidenceItem[];
    conclusion: Conclusion | null;
  };
  AlertMemory: { key: ConditionKey; record: AlertRecord };
  Alert: Condition & { key: ConditionKey; hold: Hold | null; evidence: Evidence };
  Incident: Condition;
  ThresholdOverride: Pick<ThresholdOverride, 'kind' | 'scope' | 'parameters'>;
  MaintenanceWindow: {
    scope: MaintenanceWindow['scope'];
    recurrence: Recurrence | null;
    /** ISO 8601. */
    exceptions: { startsAt: string; endsAt: string }[];
  };
  Silence: Pick<Silence, 'matcher'>;
  LibraryObject: { kind: PublishedKind; mode: PublishedMode };
  Publication: { kind: PublishedKind; mode: PublishedMode };
  Policy: Pick<EscalationPolicy, 'match' | 'steps' | 'repeat' | 'quietHours' | 'digest'>;
  Schedule: Pick<OnCallSchedule, 'layers'>;
  Channel: {
    kind: ChannelKind;
    config: Record<string, unknown>;
    filters: ChannelFilters;
    /** Two of its fields are columns of their own. */
    health: Partial<ChannelHealth>;
  };
  ChannelKey: { algorithm: 'v1' | 'v1a' };
  OutboxMessage: { type: WebhookType; payload: WebhookPayload };
  Delivery: { state: (typeof DELIVERY_STATES)[number] };
}
