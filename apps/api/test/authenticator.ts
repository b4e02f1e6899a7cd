import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { PasskeyCreation, PasskeyMade, PasskeyRequest, PasskeyShown } from '@loopstart/contracts';
import { type Cbor, encodeCbor } from './cbor.ts';

/** What a browser or device does otherwise than it should. */
export interface Wrong {
  origin?: string;
  rpId?: string;
  challenge?: string;
  type?: string;
  userVerified?: boolean;
  userPresent?: boolean;
  counter?: number;
  userHandle?: string | null;
  credentialId?: Buffer;
  /** Another key than the credential has. */
  key?: KeyObject;
}

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const ATTESTED = 0x40;

/** A passkey in software, with the browser before it (WebAuthn Level 3, sections 6 and 7): one ES256 key of one site. */
export class Authenticator {
  readonly credentialId = randomBytes(32);
  /** As `user.id` of the creation said. */
  userHandle = '';
  /** How often it has signed; a device that is not to count stays at 0. */
  counter = 0;
  readonly #key: KeyObject;
  readonly #origin: string;
  readonly #counts: boolean;

  constructor({ origin = 'http://localhost:3000', counts = true } = {}) {
    this.#origin = origin;
    this.#counts = counts;
    const { privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    this.#key = createPrivateKey(privateKey);
  }

  make(options: PasskeyCreation, wrong: Wrong = {}, { format, statement } = NONE): PasskeyMade {
    this.userHandle = options.user.id;
    const credentialId = wrong.credentialId ?? this.credentialId;
    const attested = Buffer.concat([
      // No model of device: it vouches for nothing.
      Buffer.alloc(16),
      Buffer.from([credentialId.length >> 8, credentialId.length & 0xff]),
      credentialId,
      this.#publicKey(),
    ]);
    const authData = Buffer.concat([this.#data(options.rp.id, ATTESTED, wrong), attested]);
    const attestationObject = encodeCbor(
      new Map<string, Cbor>([
        ['fmt', format],
        ['attStmt', statement],
        ['authData', authData],
      ]),
    );
    return {
      id: credentialId.toString('base64url'),
      rawId: credentialId.toString('base64url'),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: this.#clientData('webauthn.create', options.challenge, wrong).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal'],
      },
    };
  }

  show(options: PasskeyRequest, wrong: Wrong = {}): PasskeyShown {
    const clientData = this.#clientData('webauthn.get', options.challenge, wrong);
    const data = this.#data(options.rpId, 0, wrong);
    const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()]);
    const id = (wrong.credentialId ?? this.credentialId).toString('base64url');
    const userHandle = wrong.userHandle === undefined ? this.userHandle : wrong.userHandle;
    return {
      id,
      rawId: id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, wrong.key ?? this.#key).toString('base64url'),
        ...(userHandle !== null && { userHandle }),
      },
    };
  }

  #clientData(type: string, challenge: string, wrong: Wrong): Buffer {
    const data = {
      type: wrong.type ?? type,
      challenge: wrong.challenge ?? challenge,
      origin: wrong.origin ?? this.#origin,
      crossOrigin: false,
    };
    return Buffer.from(JSON.stringify(data));
  }

  /** Hash of the site, flags and counter (section 6.1). */
  #data(rpId: string, more: number, { rpId: other = rpId, userVerified = true, userPresent = true, counter }: Wrong) {
    if (counter === undefined && this.#counts) this.counter += 1;
    const flags = (userPresent ? USER_PRESENT : 0) | (userVerified ? USER_VERIFIED : 0) | more;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter ?? this.counter);
    return Buffer.concat([createHash('sha256').update(other).digest(), Buffer.from([flags]), count]);
  }

  /** As COSE_Key: an EC2 key of ES256 on P-256 (RFC 9053, sections 2.1 and 7.1). */
  #publicKey(): Buffer {
    const { x, y } = this.#key.export({ format: 'jwk' });
    const coordinate = (text: string | undefined) => Buffer.from(text ?? '', 'base64url');
    return encodeCbor(
      new Map<number, number | Buffer>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, coordinate(x)],
        [-3, coordinate(y)],
      ]),
    );
  }
}

/** Nobody vouches for the device. */
const NONE = { format: 'none', statement: new Map<string, Cbor>() };
