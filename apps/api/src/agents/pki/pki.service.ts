import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import {
  type Authority,
  fingerprintOf,
  type Identity,
  type Issued,
  loadAuthority,
  makeAuthority,
  makeIdentity,
  makeRevocationList,
  signRequest,
} from './certificates.ts';

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
    return makeRevocationList(this.#ca, await this.revoked(), this.now());
  }

  /** Certificates that were revoked and have not expired. */
  async revoked(): Promise<{ serial: string; at: Date }[]> {
    const { rows } = await this.db.query<{ serial: string; revoked_at: Date }>(
      'select serial, revoked_at from resolve_revoked_certificates()',
    );
    return rows.map((row) => ({ serial: row.serial, at: row.revoked_at }));
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
