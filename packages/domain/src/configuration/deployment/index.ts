export {
  CONFIG_GATEWAY_STATES,
  CONFIG_WAIT_REASON_TABLE,
  CONFIG_WAIT_REASONS,
  type ConfigGatewayState,
  type ConfigJob,
  type ConfigWaitReason,
  type JobEvent,
  type JobReport,
  type JobStep,
  stepJob,
} from './job.ts';
export {
  applyReasonText,
  DEPLOYMENT_MODES,
  DEPLOYMENT_STATES,
  type DeployedJob,
  type DeploymentMode,
  type DeploymentState,
  isFailure,
  type ReleaseAnswer,
  releaseJobs,
  type ReleaseQuestion,
} from './release.ts';
