export { CsrError, type Issued, requestedKeySha256 } from './certificates.ts';
export { exportBrokerCredentials } from './export-broker-credentials.ts';
export { PkiModule } from './pki.module.ts';
export { type KnownAgentCertificate, PkiService } from './pki.service.ts';
export { RevocationListFile } from './renew-revocation-list.ts';
export { AuthorityRotation } from './rotate-authority.ts';
