import type { TLSSocket } from 'node:tls';
import type { DownMessage } from '@loopstart/contracts';
import { AgentLink } from './agent-link.ts';
import { AgentSession, type CloseReason, type LastWill } from './agent-session.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import { IdentityClaims } from './identity-claims.ts';
import { judgePeer, type KnownCertificate, type PeerRefusal, peerRefusalSentence, readPeer } from './peer-check.ts';
import type { Pass, PeerEnd } from './peer-gate.ts';
import { TlsListener } from './tls-listener.ts';

/** The broker's own certificate is renewed when it is valid for less than this. */
const RENEW_BEFORE_MS = 30 * 86_400_000;
const RENEW_LOOK_MS = 3_600_000;

export interface EmbeddedBrokerOptions {
  host: string;
  port: number;
  caPem: string;
  now: () => number;
  identity: () => Promise<{ keyPem: string; certificatePem: string; notAfter: Date }>;
  /** Calls the listener when `caPem` has changed, and with it perhaps the issuer of `identity`. */
  onAuthorities: (listener: () => void) => void;
  /** The stored facts of the certificate with this serial; null: never issued to an agent. */
  lookUp: (serial: string) => Promise<KnownCertificate | null>;
  limits: ConnectionLimits;
  onRefused: (reason: PeerRefusal | PeerEnd | 'handshake' | 'database') => void;
  onEnded: (reason: CloseReason | 'peer') => void;
}

/** The broker of this process: TLS with client certificates, one session an agent. */
export class EmbeddedBroker extends AgentLink {
  readonly #options: EmbeddedBrokerOptions;
  readonly #sessions = new Map<string, AgentSession>();
  readonly #all = new Set<AgentSession>();
  readonly #claims = new IdentityClaims({
    nowMs: () => performance.now(),
    onConflict: (agentId) => this.conflict.emit({ agentId, atMs: this.#options.now() }),
  });
  readonly #wills = new Map<string, NodeJS.Timeout>();
  #listener: TlsListener | undefined;
  #held = false;
  #closed: Promise<void> | undefined;
  #renewal: NodeJS.Timeout | undefined;

  constructor(options: EmbeddedBrokerOptions) {
    super();
    this.#options = options;
  }

  override get port(): number | null {
    return this.#listener?.port ?? null;
  }

  override async start(): Promise<void> {
    const identity = await this.#options.identity();
    const { host, port, caPem, limits, onRefused } = this.#options;
    const { keyPem, certificatePem } = identity;
    const onPeer = (socket: TLSSocket, pass: Pass) => void this.#admit(socket, pass);
    const listener = new TlsListener({ host, port, keyPem, certificatePem, caPem, limits, onPeer, onRefused });
    await listener.listen();
    this.#listener = listener;
    this.#watchIdentity(identity.notAfter.getTime());
  }

  override stopIntake(): void {
    if (this.#listener === undefined || this.#closed !== undefined) return;
    this.#closed = this.#listener.close();
    this.holdIntake(true);
  }

  override async stop(): Promise<void> {
    clearInterval(this.#renewal);
    for (const timer of this.#wills.values()) clearTimeout(timer);
    this.#wills.clear();
    this.stopIntake();
    // The agents themselves are well: their next API process will record that.
    for (const session of this.#all) session.close('shuttingDown');
    await this.#closed;
  }

  override send(agentId: string, message: DownMessage): void {
    this.#sessions.get(agentId)?.send(Buffer.from(JSON.stringify(message)));
  }

  override disconnect(agentId: string): void {
    this.#sessions.get(agentId)?.close('notAuthorized');
  }

  override isConnected(agentId: string): boolean {
    return this.#sessions.has(agentId);
  }

  override connected(): string[] {
    return [...this.#sessions.keys()];
  }

  override holdIntake(hold: boolean): void {
    if (this.#held === hold) return;
    this.#held = hold;
    for (const session of this.#all) session.hold(hold);
  }

  /** Identifies a peer. It is read only after that. */
  async #admit(socket: TLSSocket, pass: Pass): Promise<void> {
    const { onRefused, lookUp, now } = this.#options;
    socket.pause();
    try {
      const peer = readPeer(socket, now());
      if (peer.refusal === null) pass.proven();
      const refusal = judgePeer(peer, peer.refusal === null ? await lookUp(peer.serial) : null);
      if (refusal !== null) onRefused(refusal);
      if (refusal === 'superseded') this.#claims.fellBehind(peer.commonName);
      this.#open(socket, pass, peer.commonName, refusal);
    } catch {
      onRefused('database');
      socket.destroy();
    }
  }

  #open(socket: TLSSocket, pass: Pass, agentId: string, refusal: PeerRefusal | null): void {
    const session: AgentSession = new AgentSession(
      socket,
      agentId,
      refusal === null ? null : peerRefusalSentence(refusal),
      {
        holdOff: (epoch) => this.#claims.holdOff(agentId, epoch, this.#sessions.get(agentId)?.claim ?? null),
        onConnected: () => {
          pass.letIn();
          this.#register(session);
        },
        onSubscribed: () => this.ready.emit({ agentId }),
        onUp: (payload, settle) => this.up.emit({ agentId, payload, receivedAtMs: this.#options.now(), settle }),
        onPresence: (payload) => this.presence.emit({ agentId, payload, receivedAtMs: this.#options.now() }),
        onClosed: (will, reason) => this.#forget(session, will, reason),
      },
    );
    this.#all.add(session);
    if (socket.destroyed) this.#all.delete(session);
    else session.hold(this.#held);
  }

  /** The newest connection of an agent counts; one before it is closed. */
  #register(session: AgentSession): void {
    const before = this.#sessions.get(session.agentId);
    this.#sessions.set(session.agentId, session);
    before?.close('takenOver');
    clearTimeout(this.#wills.get(session.agentId));
    this.#wills.delete(session.agentId);
  }

  #forget(session: AgentSession, will: LastWill | null, reason: CloseReason | null): void {
    this.#all.delete(session);
    this.#options.onEnded(reason ?? 'peer');
    const { agentId } = session;
    if (this.#sessions.get(agentId) !== session) return;
    this.#sessions.delete(agentId);
    this.#claims.left(agentId, session.claim);
    if (will === null || reason === 'shuttingDown') return;
    const timer = setTimeout(() => {
      this.#wills.delete(agentId);
      this.presence.emit({ agentId, payload: will.payload, receivedAtMs: this.#options.now() });
    }, will.delayMs);
    this.#wills.set(agentId, timer);
  }

  #watchIdentity(notAfterMs: number): void {
    let endMs = notAfterMs;
    const renew = async (): Promise<void> => {
      const { keyPem, certificatePem, notAfter } = await this.#options.identity();
      this.#listener?.setIdentity({ keyPem, certificatePem, caPem: this.#options.caPem });
      endMs = notAfter.getTime();
    };
    this.#renewal = setInterval(() => {
      if (endMs - this.#options.now() <= RENEW_BEFORE_MS) void renew();
    }, RENEW_LOOK_MS);
    this.#renewal.unref();
    this.#options.onAuthorities(() => void renew());
  }
}
