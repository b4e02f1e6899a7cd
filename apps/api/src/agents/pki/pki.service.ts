import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { Signal } from '../../core/bus/signal.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import { AuthorityRepository, type StoredAuthority } from './authority.repository.ts';
import {
  type AgentCertificateFacts,
  fingerprintOf,
  type Identity,
  type Issued,
  makeIdentity,
  makeRevocationList,
  readIssued,
  signRequest,
} from './certificates.ts';

/** What is stored of an agent's certificate. */
export interface KnownAgentCertificate {
  agentId: string;
  operatorId: string;
  revoked: boolean;
  /** An agent connected with it. */
  used: boolean;
  /** A later certificate of the agent was used. */
  superseded: boolean;
}

/** Certificates that expired so long ago are forgotten with the next one of their agent. */
const FORGET_MS = 90 * 86_400_000;
/** How soon a process knows that the authorities were changed by a command. */
const REFRESH_MS = 15_000;

/**
 * The installation's certificate authority: its key is encrypted in the database, shared by every API process. While it is
 * replaced two are trusted, and one of them signs.
 */
@Injectable()
export class PkiService implements OnModuleInit, OnApplicationShutdown {
  /** The trusted authorities are others, or another one signs. */
  readonly changed = new Signal<void>();
  readonly #authorities: AuthorityRepository;
  #trusted: readonly StoredAuthority[] = [];
  #refreshing: NodeJS.Timeout | undefined;

  constructor(
    private readonly db: Database,
    secrets: Secrets,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    this.#authorities = new AuthorityRepository(db, secrets, now);
  }

  async onModuleInit(): Promise<void> {
    await this.refresh();
    // A database that is away for a moment changes nothing: the next look is soon.
    this.#refreshing = setInterval(() => void this.refresh().catch(() => undefined), REFRESH_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#refreshing);
  }

  /** Reads the authorities again, in the caller's transaction where there is one: it holds a connection already. */
  async refresh(sql?: Sql): Promise<void> {
    const before = this.caPem;
    this.#trusted = await this.#authorities.trusted(sql);
    if (this.caPem !== before) this.changed.emit();
  }

  /** The certificates that are trusted, PEM; that of the authority which signs comes first. */
  get caPem(): string {
    return this.#trusted.map(({ certificatePem }) => certificatePem).join('');
  }

  /** SHA-256 of the certificate of the authority which signs, lower-case hexadecimal. */
  get caSha256(): string {
    return fingerprintOf(this.#ca.certificatePem);
  }

  /**
   * Signs an agent's request and records the serial, in the caller's transaction. Throws CsrError where the request
   * cannot be signed.
   */
  async issueForAgent(sql: Sql, agent: { agentId: string; operatorId: string }, csrPem: string): Promise<Issued> {
    const trusted = await this.#authorities.lockTrusted(sql);
    if (trusted.join() !== this.#trusted.map(({ id }) => id).join()) await this.refresh(sql);
    const authorityId = this.#ca.id;
    const issued = await signRequest(this.#ca, csrPem, { kind: 'agent', agentId: agent.agentId }, this.now());
    await sql.query(
      'insert into agent_certificate (serial, operator_id, agent_id, not_after, issued_at, authority_id) values ($1, $2, $3, $4, $5, $6)',
      [issued.serial, agent.operatorId, agent.agentId, issued.notAfter, new Date(this.now()), authorityId],
    );
    await sql.query('delete from agent_certificate where agent_id = $1 and not_after < $2', [
      agent.agentId,
      new Date(this.now() - FORGET_MS),
    ]);
    return issued;
  }

  /** Throws CsrError where `issueForAgent` would. */
  async checkRequest(csrPem: string): Promise<void> {
    await signRequest(this.#ca, csrPem, { kind: 'api' }, this.now());
  }

  /** A fresh key and certificate for a broker under the configured names. */
  serverIdentity(): Promise<Identity & { notAfter: Date }> {
    return makeIdentity(this.#ca, { kind: 'server', names: this.config.mqttHostNames }, this.now());
  }

  /** A fresh key and certificate with which the API signs in at an external broker. */
  apiIdentity(): Promise<Identity & { notAfter: Date }> {
    return makeIdentity(this.#ca, { kind: 'api' }, this.now());
  }

  /** Serials that must be refused, PEM: a list by each trusted authority, since a list counts for its issuer alone. */
  async revocationList(): Promise<string> {
    const refused = await this.refused();
    const lists = this.#trusted.map((authority) => makeRevocationList(authority, refused, this.now()));
    return (await Promise.all(lists)).join('');
  }

  /** How many authorities are trusted. */
  get trustedCount(): number {
    return this.#trusted.length;
  }

  /** Certificates that are refused and have not expired: revoked or superseded. `must`: the list may not wait for them. */
  async refused(): Promise<{ serial: string; at: Date; must: boolean }[]> {
    const { rows } = await this.db.query<{ serial: string; at: Date; must: boolean }>(
      'select serial, refused_at as at, must from resolve_refused_certificates($1)',
      [new Date(this.now())],
    );
    return rows;
  }

  /** The stored facts of the certificate with this serial; null: it was never issued to an agent. */
  async knownCertificate(serial: string): Promise<KnownAgentCertificate | null> {
    const { rows } = await this.db.query<KnownAgentCertificate>(
      'select agent_id as "agentId", operator_id as "operatorId", revoked, used, superseded from resolve_agent_certificate($1)',
      [serial],
    );
    return rows[0] ?? null;
  }

  /** An agent's certificate that this installation signed, expired or not; null: it did not, or the text is none. */
  async readAgentCertificate(certificatePem: string): Promise<AgentCertificateFacts | null> {
    for (const authority of this.#trusted) {
      const facts = await readIssued(authority, certificatePem);
      if (facts !== null) return facts;
    }
    return null;
  }

  get #ca(): StoredAuthority {
    const [current] = this.#trusted;
    if (current === undefined) throw new Error('The certificate authority is not loaded yet.');
    return current;
  }
}
