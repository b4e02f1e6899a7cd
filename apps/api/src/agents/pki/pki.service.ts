import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import {
  type AgentCertificateFacts,
  type Authority,
  fingerprintOf,
  type Identity,
  type Issued,
  loadAuthority,
  makeAuthority,
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
const CA_SECRET = 'installation-ca';
const CA_PLACE = { field: 'installation_secret.value', operatorId: null, row: { name: CA_SECRET } } as const;

/**
 * The installation's certificate authority: created once, its key encrypted in the database, shared by every API
 * process.
 */
@Injectable()
export class PkiService implements OnModuleInit {
  #authority: Authority | undefined;

  constructor(
    private readonly db: Database,
    private readonly secrets: Secrets,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    this.#authority = await loadAuthority(await this.#stored());
  }

  /** The certificate of the CA, PEM. */
  get caPem(): string {
    return this.#ca.certificatePem;
  }

  /** SHA-256 of the CA certificate, lower-case hexadecimal. */
  get caSha256(): string {
    return fingerprintOf(this.caPem);
  }

  /**
   * Signs an agent's request and records the serial, in the caller's transaction. Throws CsrError where the request
   * cannot be signed.
   */
  async issueForAgent(sql: Sql, agent: { agentId: string; operatorId: string }, csrPem: string): Promise<Issued> {
    const issued = await signRequest(this.#ca, csrPem, { kind: 'agent', agentId: agent.agentId }, this.now());
    await sql.query(
      'insert into agent_certificate (serial, operator_id, agent_id, not_after, issued_at) values ($1, $2, $3, $4, $5)',
      [issued.serial, agent.operatorId, agent.agentId, issued.notAfter, new Date(this.now())],
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

  /** Serials that must be refused, PEM. */
  async revocationList(): Promise<string> {
    return makeRevocationList(this.#ca, await this.refused(), this.now());
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
    return readIssued(this.#ca, certificatePem);
  }

  get #ca(): Authority {
    if (this.#authority === undefined) throw new Error('The certificate authority is not loaded yet.');
    return this.#authority;
  }

  /** Of several processes that start at once the first to store its CA wins; the others take that one. */
  async #stored(): Promise<Identity> {
    const stored = await this.#read();
    if (stored !== null) return stored;
    const sealed = await this.secrets.seal(CA_PLACE, JSON.stringify(await makeAuthority(this.now())));
    await this.db.query('insert into installation_secret (name, value) values ($1, $2) on conflict (name) do nothing', [
      CA_SECRET,
      sealed,
    ]);
    const made = await this.#read();
    if (made === null) throw new Error('The certificate authority could not be stored.');
    return made;
  }

  async #read(): Promise<Identity | null> {
    const { rows } = await this.db.query<{ value: Buffer }>('select value from installation_secret where name = $1', [
      CA_SECRET,
    ]);
    const sealed = rows[0]?.value;
    return sealed === undefined ? null : (JSON.parse(await this.secrets.open(CA_PLACE, sealed)) as Identity);
  }
}
