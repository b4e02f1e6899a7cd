export { Factors } from './factors.service.ts';
export { FactorsModule } from './factors.module.ts';
export { PasskeyProof } from './passkeys/passkey-proof.service.ts';
export { forgetFactors } from './forget-factors.ts';
