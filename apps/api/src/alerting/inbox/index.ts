export { AlertsModule } from './alerts/alerts.module.ts';
export { InboxModule } from './inbox.module.ts';
