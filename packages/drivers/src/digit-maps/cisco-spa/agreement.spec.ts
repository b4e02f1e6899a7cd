import { describeAgreement } from '../../testing/describe-agreement.ts';

describeAgreement('cisco-spa');
