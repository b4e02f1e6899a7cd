import { Inject, Injectable } from '@nestjs/common';
import type { PasskeyCreation, PasskeyMade, PasskeyRequest, PasskeyShown } from '@loopstart/contracts';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { decodeAttestationObject, decodeClientDataJSON } from '@simplewebauthn/server/helpers';
import { CONFIG, type Config } from '../../../core/config.ts';

/** How long a person may take; browsers recommend five minutes (WebAuthn Level 3, section 15.1). */
export const CHALLENGE_MS = 5 * 60_000;
/** EdDSA, ES256 and RS256 (IANA COSE Algorithms): what all devices have one of. */
const ALGORITHMS = [-8, -7, -257];
const NAME = 'Loopstart';

export interface KnownCredential {
  credentialId: Buffer;
  publicKey: Buffer;
  transports: string[];
}
export interface MadeCredential extends KnownCredential {
  counter: number;
}

/** This installation as WebAuthn sees it: it asks browsers for passkeys, and judges what they answer. */
@Injectable()
export class RelyingParty {
  readonly #id: string;
  readonly #origin: string;

  constructor(@Inject(CONFIG) config: Pick<Config, 'PUBLIC_URL'>) {
    const { hostname, origin } = new URL(config.PUBLIC_URL);
    this.#id = hostname;
    this.#origin = origin;
  }

  /** With what a browser makes a passkey that its device finds by itself, and asks for finger, face or PIN. */
  creation(
    challenge: string,
    { accountId, email, name }: { accountId: string; email: string; name: string },
    known: readonly KnownCredential[],
  ): PasskeyCreation {
    return {
      challenge,
      rp: { id: this.#id, name: NAME },
      user: { id: handleOf(accountId), name: email, displayName: name },
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key' as const, alg })),
      timeout: CHALLENGE_MS,
      excludeCredentials: known.map(descriptor),
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'none',
    };
  }

  request(challenge: string, known: readonly KnownCredential[]): PasskeyRequest {
    return {
      challenge,
      rpId: this.#id,
      timeout: CHALLENGE_MS,
      userVerification: 'required',
      allowCredentials: known.map(descriptor),
    };
  }

  /** The passkey that the browser made for this challenge; null where anything of it is wrong. */
  async made(response: PasskeyMade, challenge: string): Promise<MadeCredential | null> {
    try {
      if (!isUnattested(response)) return null;
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response: { ...response, clientExtensionResults: {} },
        expectedChallenge: challenge,
        expectedOrigin: this.#origin,
        expectedRPID: this.#id,
        requireUserVerification: true,
        supportedAlgorithmIDs: ALGORITHMS,
      });
      if (!verified) return null;
      const { id, publicKey, counter } = registrationInfo.credential;
      return {
        credentialId: Buffer.from(id, 'base64url'),
        publicKey: Buffer.from(publicKey),
        counter,
        transports: response.response.transports ?? [],
      };
    } catch {
      // The library throws for each of the many ways in which an answer can be wrong.
      return null;
    }
  }

  /** What the device counts, where this passkey signed the challenge for this site; null where anything of it is wrong. */
  async counterOf(
    response: PasskeyShown,
    challenge: string,
    { credentialId, publicKey }: KnownCredential,
  ): Promise<number | null> {
    try {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: { ...response, clientExtensionResults: {} },
        expectedChallenge: challenge,
        expectedOrigin: this.#origin,
        expectedRPID: this.#id,
        requireUserVerification: true,
        // The counter is compared where it is written, in one transaction.
        credential: { id: credentialId.toString('base64url'), publicKey: new Uint8Array(publicKey), counter: 0 },
      });
      return verified ? authenticationInfo.newCounter : null;
    } catch {
      return null;
    }
  }
}

/** The challenge that an answer claims to be for; null where it is none. */
export function challengeOf(clientDataJSON: string): string | null {
  try {
    const { challenge } = decodeClientDataJSON(clientDataJSON);
    return typeof challenge === 'string' ? challenge : null;
  } catch {
    return null;
  }
}

/** How devices keep an account: its id, which says nothing of the person. */
export const handleOf = (accountId: string): string =>
  Buffer.from(accountId.replaceAll('-', ''), 'hex').toString('base64url');

/**
 * Whether a manufacturer vouches for nothing. None was asked to, and to judge a certificate of one, addresses in it would be
 * called from here. A device may sign its key with that key itself (`packed` without certificates).
 */
function isUnattested({ response }: PasskeyMade): boolean {
  const attestation = decodeAttestationObject(new Uint8Array(Buffer.from(response.attestationObject, 'base64url')));
  const format = attestation.get('fmt');
  return format === 'none' || (format === 'packed' && attestation.get('attStmt').get('x5c') === undefined);
}

const descriptor = ({ credentialId, transports }: KnownCredential) => ({
  id: credentialId.toString('base64url'),
  type: 'public-key' as const,
  transports,
});
