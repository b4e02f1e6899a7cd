export { isOpenJob, JOB_STATE_COLUMNS, type JobStateRow, saveJobState, toJobState } from './job-row.ts';
export { type JobPayload, openPayload, sealPayload, writtenSecrets } from './job-payload.ts';
export { stepJobs, withdrawJobs } from './step-jobs.ts';
