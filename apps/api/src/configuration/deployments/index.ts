export { DeployService } from './deploy.service.ts';
export { DeploymentsModule } from './deployments.module.ts';
export { SHOWN_STATE } from './deployment.repository.ts';
export { reasonSentence } from './job.repository.ts';
