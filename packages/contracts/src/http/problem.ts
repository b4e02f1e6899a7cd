import { z } from 'zod';

/** Every public error code: HTTP status and the sentence a person reads. Each has a page in docs/errors. */
export const ERROR_CODES = {
  'invalid-input': { status: 400, title: 'The request is invalid.' },
  'not-signed-in': { status: 401, title: 'Sign in first.' },
  'wrong-credentials': { status: 401, title: 'E-mail or password is wrong.' },
  'second-factor-needed': { status: 401, title: 'Show your second factor, too.' },
  'factor-not-accepted': { status: 403, title: 'Your organisation does not accept this second factor.' },
  'last-factor': { status: 409, title: 'Your organisation requires a second factor of you.' },
  'factor-required': { status: 403, title: 'Add a second factor first.' },
  'proof-needed': { status: 403, title: 'Prove again who you are.' },
  'network-not-allowed': { status: 403, title: 'You may not work from this network.' },
  'sign-in-over': { status: 410, title: 'This sign-in was not finished in time.' },
  'invalid-token': { status: 401, title: 'This token is not valid.' },
  'token-address': { status: 403, title: 'This token may not be used from this address.' },
  'people-only': { status: 403, title: 'Only a signed-in person may do this.' },
  'not-allowed': { status: 403, title: 'Your role does not allow this.' },
  'operator-suspended': { status: 403, title: 'This operator is suspended.' },
  'quota-reached': { status: 409, title: 'The quota of this operator is used up.' },
  'csrf-refused': { status: 403, title: 'The request did not come from the console.' },
  'not-found': { status: 404, title: 'There is nothing here, or it belongs to another operator.' },
  'already-exists': { status: 409, title: 'It already exists.' },
  'token-used': { status: 409, title: 'This enrolment token was used already.' },
  'token-expired': { status: 410, title: 'This enrolment token has expired.' },
  'agent-replaced': { status: 409, title: 'The agent that this token replaces is revoked or replaced already.' },
  'challenge-refused': { status: 409, title: 'The challenge is unknown, expired or used.' },
  'certificate-unknown': { status: 404, title: 'This installation did not issue this certificate to an agent.' },
  'key-not-proven': { status: 403, title: 'The key of the certificate was not proven.' },
  'agent-revoked': { status: 403, title: 'This agent was revoked.' },
  'return-refused': { status: 403, title: 'An operator refused the return of this agent.' },
  'token-unknown': { status: 404, title: 'This enrolment token does not exist.' },
  'link-unknown': { status: 404, title: 'This link does not exist.' },
  'link-over': { status: 410, title: 'This link does not work any more.' },
  'last-owner': { status: 409, title: 'An operator needs an owner.' },
  'own-membership': { status: 409, title: 'Nobody changes their own role or removes themselves.' },
  'beyond-own-rights': { status: 403, title: 'Nobody gives or takes rights that they do not have.' },
  'set-up-already': { status: 409, title: 'This installation is set up already.' },
  'identity-provider-failed': { status: 502, title: 'The identity provider did not answer as it should.' },
  'single-sign-on-required': { status: 403, title: 'Your organisation asks for single sign-on.' },
  'no-mail': { status: 409, title: 'This installation sends no mail.' },
  'not-disturbable': { status: 409, title: 'The line must not be interrupted now.' },
  'cannot-tell': { status: 409, title: 'It is unknown whether the line is idle.' },
  'no-write-access': { status: 409, title: 'Loopstart has read access only to this gateway.' },
  'unsupported-action': { status: 409, title: 'This gateway cannot do that.' },
  'reaches-nobody': { status: 409, title: 'This would notify nobody.' },
  'gateway-retired': { status: 409, title: 'This gateway is retired.' },
  'lines-left-over': { status: 409, title: 'Some lines have no port on the other gateway.' },
  'confirm-lines': { status: 409, title: 'Confirm how many lines this reaches.' },
  'too-many-lines': { status: 403, title: 'Your role may not act on so many lines at once.' },
  'locked-by-provider': { status: 409, title: 'The provider published this and locked it.' },
  'version-passed': { status: 409, title: 'Somebody else published a version meanwhile.' },
  'in-use': { status: 409, title: 'It is still in use.' },
  'address-not-allowed': { status: 400, title: 'Loopstart must not send to this address.' },
  'agent-silent': { status: 409, title: 'The agent of this site is not connected.' },
  'too-large': { status: 413, title: 'The request is too large.' },
  'too-many-requests': { status: 429, title: 'Too many attempts. Try again later.' },
  internal: { status: 500, title: 'Something went wrong on our side.' },
  'not-ready': { status: 503, title: 'The service is starting or cannot reach its database.' },
} as const;
export type ErrorCode = keyof typeof ERROR_CODES;

/** How many lines an act reaches, and how many of them are life-safety lines. */
export const Touched = z.object({ lines: z.int().min(0), lifeSafetyLines: z.int().min(0) });

/** An error as sent: RFC 9457 problem details with our code, the request id, and the invalid field. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]),
    detail: z.string().optional(),
    requestId: z.string(),
    touched: Touched.optional().describe('What the act reaches now, of confirm-lines and too-many-lines'),
    fields: z.array(z.object({ path: z.string(), expected: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
