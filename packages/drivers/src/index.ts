export * from './config-apply/index.ts';
export { driverMetadata, type DriverMetadata } from './catalogue.ts';
export { driverById, drivers } from './drivers.ts';
export * from './digit-maps/index.ts';
export { activeAlarmSources, readActiveAlarms } from './engine/slices/active-alarms.ts';
export { actionRules, planAction, type ActionPlan } from './engine/slices/actions.ts';
export { snmp, type ActionStep, type SnmpStep } from './engine/steps.ts';
export {
  compareConfig,
  ownedKeys,
  portNamesIn,
  readTelephony,
  renderConfig,
  type ComparedSetting,
  type ConfigDriver,
  type ConfigWish,
  type NotWritten,
  type PortWish,
  type PushedSecrets,
  type TelephonyReading,
  type ReadPort,
  type ReadSettings,
  type RenderedConfig,
  type WrittenSetting,
} from './engine/config/index.ts';
export type {
  ConfigChange,
  ConfigKey,
  ConfigLayout,
  ConfigSlice,
  ConfiguredUnit,
  ReadSetting,
} from './engine/slices/config.ts';
export { evidenceFor, idleEvidenceOf } from './engine/capabilities.ts';
export { blindSpots, canReport } from './engine/blind-spots.ts';
export type { Codec } from './engine/codecs.ts';
export type { Answers, Problem } from './engine/source.ts';
export type { Driver, Identity } from './engine/driver.ts';
export type { Evidence, ModelSpec } from './engine/model.ts';
export type { PortWords } from './engine/words.ts';
export { encodeTables } from './engine/encode.ts';
export { exampleState } from './engine/example-state.ts';
export { interpretInventory } from './engine/interpret-inventory.ts';
export { interpretPoll, type PollReading } from './engine/interpret-poll.ts';
export {
  encodeNotification,
  interpretNotification,
  type EventDraft,
  type NotificationInput,
  type NotificationReading,
  type NotificationWish,
} from './engine/slices/notifications.ts';
export { inventoryPlan, pollPlan, type ReadPlan, type SnmpReads } from './engine/plan.ts';
export { driverIdFor, scaffoldDriver } from './engine/scaffold.ts';
export type { SimState } from './engine/sim-state.ts';
export { answersFrom, parseSnmprec } from './engine/snmprec.ts';
export { configMatrix } from './config-matrix.ts';
export { capabilityMatrix } from './matrix.ts';
export { procedureMatrix } from './procedure-matrix.ts';
export { identify, IDENTIFY_SCALARS } from './identify.ts';
import type { Identity } from './engine/driver.ts';
import type { PollReading } from './engine/interpret-poll.ts';

/** Every field that a driver can read from one gateway at one time. */
export type Reading = Identity & PollReading;
