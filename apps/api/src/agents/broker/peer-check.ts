import type { PeerCertificate, TLSSocket } from 'node:tls';

/** Why a peer is not admitted; each reason is counted. */
export type PeerRefusal =
  | 'no-certificate'
  | 'untrusted'
  | 'expired'
  | 'unknown-certificate'
  | 'revoked'
  | 'superseded'
  | 'wrong-agent';

/** The result of TLS for a peer. */
export interface Peer {
  commonName: string;
  serial: string;
  refusal: PeerRefusal | null;
}

/** The stored facts of a certificate. */
export interface KnownCertificate {
  agentId: string;
  revoked: boolean;
  /** A later certificate of the agent was used: who has this one has a copy, or a restored backup. */
  superseded: boolean;
}

const EXPIRED: ReadonlySet<string> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** Reads the result of TLS: the chain to our CA, the validity, the purpose. */
export function readPeer(socket: TLSSocket, nowMs: number): Peer {
  const certificate = socket.getPeerCertificate() as PeerCertificate | Record<string, never>;
  if (!('raw' in certificate)) return { commonName: '', serial: '', refusal: 'no-certificate' };
  const { CN } = (certificate as PeerCertificate).subject;
  const commonName = (Array.isArray(CN) ? CN[0] : CN) ?? '';
  const serial = certificate.serialNumber;
  return { commonName, serial, refusal: refusalOf(socket, certificate as PeerCertificate, nowMs) };
}

function refusalOf(socket: TLSSocket, certificate: PeerCertificate, nowMs: number): PeerRefusal | null {
  if (!socket.authorized)
    return EXPIRED.has(String(socket.authorizationError as unknown as string)) ? 'expired' : 'untrusted';
  // A resumed TLS session is not verified again.
  return Date.parse(certificate.valid_to) <= nowMs ? 'expired' : null;
}

/** Decides on a peer whose chain is valid, by the stored facts of its certificate. Pure. */
export function judgePeer(peer: Peer, known: KnownCertificate | null): PeerRefusal | null {
  if (peer.refusal !== null) return peer.refusal;
  if (known === null) return 'unknown-certificate';
  if (known.revoked) return 'revoked';
  if (known.agentId !== peer.commonName) return 'wrong-agent';
  return known.superseded ? 'superseded' : null;
}

/** The refusal as a sentence for the agent's log. */
export function peerRefusalSentence(refusal: PeerRefusal): string {
  switch (refusal) {
    case 'no-certificate':
      return 'A client certificate is needed.';
    case 'untrusted':
      return 'The certificate is not by the CA of this installation.';
    case 'expired':
      return 'The certificate has expired.';
    case 'unknown-certificate':
      return 'This certificate was not issued to an agent.';
    case 'revoked':
      return 'The agent was revoked.';
    case 'superseded':
      return 'A later certificate of this agent is in use: this machine has a copy of its state folder, or a restored backup.';
    case 'wrong-agent':
      return 'The certificate belongs to another agent.';
  }
}
