export { JOB_STATE_COLUMNS, type JobStateRow, saveJobState, toJobState } from './job-row.ts';
export { type JobPayload, openPayload, sealPayload, writtenSecrets } from './job-payload.ts';
export { withdrawJobs } from './withdraw-jobs.ts';
