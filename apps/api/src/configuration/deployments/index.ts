export { DeployService } from './deploy.service.ts';
export { DeploymentsModule } from './deployments.module.ts';
export { reasonSentence } from './job.repository.ts';
