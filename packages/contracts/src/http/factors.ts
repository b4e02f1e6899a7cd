import { ACCEPTABLE, FACTOR_KINDS, SECOND_STEPS } from '@loopstart/domain';
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { TotpCode } from './input-fields.ts';
import { User } from './session.ts';
import { PasskeyShown } from './webauthn.ts';

/** Something that proves a person beside their password. */
const OwnFactor = z.object({
  id: Id,
  kind: z.enum(FACTOR_KINDS),
  name: z.string(),
  addedAt: Instant,
  lastUsedAt: Instant.nullable(),
  accepted: z.boolean().describe('The operator of this session accepts it'),
  neededBy: z.string().nullable().describe('The operator that requires it as your last accepted one: it stays'),
});

/** By which a person knows a factor again. */
export const FactorName = z.string().trim().min(1, 'a name').max(60);
export const RecoveryCodes = z
  .array(z.string())
  .describe('Shown once: each works once, in the place of the second factor');
const factor = z.object({ factorId: Id });

export const factorEndpoints = {
  listOwnFactors: endpoint({
    id: 'listOwnFactors',
    method: 'GET',
    path: '/api/v1/profile/factors',
    permission: 'signed-in',
    summary: 'List your own second factors',
    response: z.object({
      items: z.array(OwnFactor),
      recoveryCodesLeft: z.int(),
      hasPassword: z.boolean(),
      policy: z
        .object({ operator: z.string(), accepts: z.array(z.enum(ACCEPTABLE)), required: z.boolean() })
        .describe('What the operator of this session accepts and requires of you'),
    }),
  }),
  beginTotp: endpoint({
    id: 'beginTotp',
    method: 'POST',
    path: '/api/v1/profile/factors/totp',
    permission: 'signed-in',
    stepUp: true,
    summary: 'Begin to add an authenticator app: it counts once a code of it was shown',
    body: z.object({ name: FactorName }),
    response: z.object({
      id: Id,
      key: z.string().describe('To type into the app, in base 32; shown once'),
      uri: z.string().describe('What a QR code for the app holds; it has the key, too'),
    }),
    status: 201,
  }),
  confirmTotp: endpoint({
    id: 'confirmTotp',
    method: 'POST',
    path: '/api/v1/profile/factors/totp/:factorId/confirm',
    permission: 'signed-in',
    summary: 'Finish adding an authenticator app by a code that it shows',
    params: factor,
    body: z.object({ code: TotpCode }),
    response: z.object({ recoveryCodes: RecoveryCodes.nullable().describe('Null: you have a set already') }),
  }),
  renameOwnFactor: endpoint({
    id: 'renameOwnFactor',
    method: 'PATCH',
    path: '/api/v1/profile/factors/:factorId',
    permission: 'signed-in',
    summary: 'Rename a second factor of yours',
    params: factor,
    body: z.object({ name: FactorName }),
  }),
  removeOwnFactor: endpoint({
    id: 'removeOwnFactor',
    method: 'DELETE',
    path: '/api/v1/profile/factors/:factorId',
    permission: 'signed-in',
    stepUp: true,
    summary: 'Remove a second factor of yours; recovery codes end with the last one',
    params: factor,
  }),
  renewRecoveryCodes: endpoint({
    id: 'renewRecoveryCodes',
    method: 'POST',
    path: '/api/v1/profile/recovery-codes',
    permission: 'signed-in',
    stepUp: true,
    summary: 'Get a new set of recovery codes; the old set ends',
    response: z.object({ recoveryCodes: RecoveryCodes }),
  }),
  getSecondStep: endpoint({
    id: 'getSecondStep',
    method: 'GET',
    path: '/api/v1/session/second-step',
    permission: 'public',
    summary: 'Read how a sign-in that was begun can be finished',
    response: z.object({
      steps: z.array(z.enum(SECOND_STEPS)).describe('Empty: no sign-in was begun, or it has ended'),
    }),
  }),
  takeSecondStep: endpoint({
    id: 'takeSecondStep',
    method: 'POST',
    path: '/api/v1/session/second-step',
    permission: 'public',
    summary: 'Finish signing in by a second factor, and set the session cookie',
    body: z.discriminatedUnion('step', [
      z.object({ step: z.literal('passkey'), credential: PasskeyShown }),
      z.object({ step: z.literal('totp'), code: TotpCode }),
      z.object({ step: z.literal('recovery-code'), code: z.string().trim().min(1, 'a recovery code').max(100) }),
    ]),
    response: User,
    status: 201,
  }),
} as const;
