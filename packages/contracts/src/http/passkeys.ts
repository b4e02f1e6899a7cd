import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { FactorName, RecoveryCodes } from './factors.ts';
import { Id } from './fields.ts';
import { User } from './session.ts';
import { PasskeyCreation, PasskeyMade, PasskeyRequest, PasskeyShown } from './webauthn.ts';

export const passkeyEndpoints = {
  beginPasskey: endpoint({
    id: 'beginPasskey',
    method: 'POST',
    path: '/api/v1/profile/passkeys/options',
    permission: 'signed-in',
    stepUp: true,
    summary: 'Begin to add a passkey: what the browser makes it with, for five minutes',
    response: PasskeyCreation,
    status: 201,
  }),
  addPasskey: endpoint({
    id: 'addPasskey',
    method: 'POST',
    path: '/api/v1/profile/passkeys',
    permission: 'signed-in',
    summary: 'Finish adding a passkey by what the browser made',
    body: z.object({ name: FactorName, credential: PasskeyMade }),
    response: z.object({
      id: Id,
      recoveryCodes: RecoveryCodes.nullable().describe('Null: you have a set already'),
    }),
    status: 201,
  }),
  beginPasskeyProof: endpoint({
    id: 'beginPasskeyProof',
    method: 'POST',
    path: '/api/v1/session/proof/passkey-options',
    permission: 'signed-in',
    summary: 'Begin to prove again who you are by a passkey: what the browser asks for it with',
    response: PasskeyRequest,
    status: 201,
  }),
  beginPasskeyStep: endpoint({
    id: 'beginPasskeyStep',
    method: 'POST',
    path: '/api/v1/session/second-step/passkey-options',
    permission: 'public',
    summary: 'Begin the second step of signing in by a passkey: what the browser asks for it with',
    response: PasskeyRequest,
    status: 201,
  }),
  beginPasskeySignIn: endpoint({
    id: 'beginPasskeySignIn',
    method: 'POST',
    path: '/api/v1/session/passkey/options',
    permission: 'public',
    summary: 'Begin to sign in by a passkey alone: what the browser asks for it with',
    response: PasskeyRequest,
    status: 201,
  }),
  signInByPasskey: endpoint({
    id: 'signInByPasskey',
    method: 'POST',
    path: '/api/v1/session/passkey',
    permission: 'public',
    summary: 'Sign in by a passkey alone, and set the session cookie',
    body: z.object({ credential: PasskeyShown }),
    response: User,
    status: 201,
  }),
} as const;
