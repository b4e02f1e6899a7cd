import { describeAgreement } from '../../testing/describe-agreement.ts';

describeAgreement('patton');
