export { CsrError, type Issued } from './certificates.ts';
export { exportBrokerCredentials } from './export-broker-credentials.ts';
export { PkiModule } from './pki.module.ts';
export { PkiService } from './pki.service.ts';
export { renewRevocationList } from './renew-revocation-list.ts';
