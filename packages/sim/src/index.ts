export { demoFleet } from './demo/demo-fleet.ts';
export { FAULT_KINDS, Fault, ScriptedFault, type FaultKind } from './fault/fault.ts';
export { ControlServer } from './fleet/control-server.ts';
export { carryOut, FaultOrder } from './fleet/fault-order.ts';
export { loadRecording } from './fleet/recordings.ts';
export { SimFleet, type SimFleetOptions, type SimSite } from './fleet/sim-fleet.ts';
export {
  SimCustomerSpec,
  SimFleetSpec,
  SimGatewaySpec,
  SimPortSpec,
  SimSiteSpec,
  SimSpecError,
  type SimFleetInput,
  type SimGatewayInput,
} from './fleet/spec.ts';
export { fleetStatus, type SimGatewayStatus, type SimPortStatus } from './fleet/status.ts';
export { LivingGateway, type FaultTimes } from './gateway/living-gateway.ts';
export { SimGateway, type SimGatewayContext } from './gateway/sim-gateway.ts';
export { SipService } from './provisioning/sip-service.ts';
