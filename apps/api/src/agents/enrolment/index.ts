export { EnrolmentModule } from './enrolment.module.ts';
export { InstallModule } from './install/install.module.ts';
