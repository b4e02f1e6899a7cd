import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AgentSettings, type EnrolmentToken, type EnrolRequest, type EnrolResponse } from '@loopstart/contracts';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import type { Caller } from '../../core/http/implements.ts';
import { refuseAgentBeyond, suspensionOf } from '../../core/fleet/quotas.ts';
import { operatorSuspended } from '../../core/http/not-allowed.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { AuditRepository } from '../../identity/audit/index.ts';
import { CsrError, type Issued, PkiService } from '../pki/index.ts';
import { AgentSignals, ReplacementRepository } from '../registry/index.ts';

const TOKEN_LIFE_MS = 24 * 3_600_000;
const TOKEN_BYTES = 32;

interface NewAgent {
  agentId: string;
  operatorId: string;
  siteId: string;
}

/** One-time tokens, and their exchange for an agent's certificate. */
@Injectable()
export class EnrolmentService {
  constructor(
    private readonly db: Database,
    private readonly pki: PkiService,
    private readonly audit: AuditRepository,
    private readonly replacements: ReplacementRepository,
    private readonly signals: AgentSignals,
    private readonly bus: LiveBus,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Creates a token for a site; only its hash is stored. */
  async createToken(caller: Caller, siteId: string, requestId: string): Promise<EnrolmentToken> {
    // Refused here already, and not on site only. The agents of all places count, also for a limited person.
    await this.db.tx(wholeOperator(caller.operatorId), (sql) => refuseAgentBeyond(sql, caller.operatorId));
    return this.db.prismaTx(caller.scope, async (prisma) => {
      found(await prisma.site.findUnique({ where: { id: siteId } }));
      return this.#makeToken(prisma, { caller, requestId }, { siteId, replacesAgentId: null });
    });
  }

  /** Creates a token for new hardware that takes the place of an agent when it enrols. */
  async createReplacementToken(caller: Caller, agentId: string, requestId: string): Promise<EnrolmentToken> {
    return this.db.prismaTx(caller.scope, async (prisma) => {
      const { siteId, revokedAt } = found(await prisma.agent.findUnique({ where: { id: agentId } }));
      if (revokedAt !== null) throw new ProblemError('agent-replaced');
      return this.#makeToken(prisma, { caller, requestId }, { siteId, replacesAgentId: agentId });
    });
  }

  async #makeToken(
    prisma: Parameters<AuditRepository['record']>[0],
    by: { caller: Caller; requestId: string },
    place: { siteId: string; replacesAgentId: string | null },
  ): Promise<EnrolmentToken> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const expiresAt = new Date(this.now() + TOKEN_LIFE_MS);
    const { operatorId, userId } = by.caller;
    const { siteId, replacesAgentId } = place;
    await prisma.enrolmentToken.create({
      data: { tokenHash: hash(token), operatorId, createdBy: userId, expiresAt, ...place },
    });
    const change = replacesAgentId === null ? {} : { replacesAgentId };
    await this.audit.record(prisma, by, {
      verb: 'create',
      subjectType: 'enrolment-token',
      subjectId: siteId,
      change,
    });
    return { token, expiresAt: expiresAt.toISOString(), ...place, installCommand: this.#installCommand(token) };
  }

  /**
   * Exchanges a token for an agent and its certificate. Of two requests with one token exactly one wins, because the
   * token is marked in the transaction that creates the agent. Throws token-unknown, token-used, token-expired, or
   * invalid-input for a request that cannot be signed.
   */
  async enrol(request: EnrolRequest): Promise<EnrolResponse> {
    const tokenHash = hash(request.token);
    const { rows } = await this.db.query<{ operator_id: string; site_id: string }>(
      'select operator_id, site_id from resolve_enrolment_token($1)',
      [tokenHash],
    );
    const place = rows[0];
    if (place === undefined) throw new ProblemError('token-unknown');
    await this.#refuseBadRequest(request.csrPem);
    const agentId = randomUUID();
    const agent = { agentId, operatorId: place.operator_id, siteId: place.site_id };
    const { issued, former } = await this.db.tx(wholeOperator(place.operator_id), async (sql) => {
      const suspended = await suspensionOf(sql, place.operator_id);
      if (suspended !== null) throw operatorSuspended(suspended);
      const replaces = await this.#take(sql, tokenHash, agentId);
      // New hardware takes the place of an agent that goes. A refusal leaves the token unused.
      if (replaces === null) await refuseAgentBeyond(sql, place.operator_id);
      const signed = await this.#register(sql, agent, request);
      if (replaces !== null) await this.#replace(sql, agent, replaces, request.hostname);
      return { issued: signed, former: replaces };
    });
    this.#spread(agent, former);
    return {
      agentId,
      siteId: agent.siteId,
      certificatePem: issued.certificatePem,
      caPem: this.pki.caPem,
      mqttUrl: this.config.MQTT_PUBLIC_URL,
      config: AgentSettings.parse({ revision: 0, targets: [] }),
    };
  }

  /** A request that cannot be signed must not use up the token. */
  async #refuseBadRequest(csrPem: string): Promise<void> {
    try {
      await this.pki.checkRequest(csrPem);
    } catch (error) {
      if (!(error instanceof CsrError)) throw error;
      throw new ProblemError('invalid-input', {
        detail: error.message,
        fields: [{ path: 'body.csrPem', expected: error.message }],
        cause: error,
      });
    }
  }

  /** Marks the token as used. Returns the agent that the new one replaces; null: none. */
  async #take(sql: Sql, tokenHash: Uint8Array, agentId: string): Promise<string | null> {
    const now = new Date(this.now());
    const taken = await sql.query<{ replaces: string | null }>(
      `update enrolment_token set used_at = $2, agent_id = $3 where token_hash = $1 and used_at is null and expires_at > $2
       returning replaces_agent_id as replaces`,
      [tokenHash, now, agentId],
    );
    if (taken.rows[0] !== undefined) return taken.rows[0].replaces;
    const { rows } = await sql.query<{ used: boolean }>(
      'select used_at is not null as used from enrolment_token where token_hash = $1',
      [tokenHash],
    );
    throw new ProblemError(rows[0]?.used === true ? 'token-used' : 'token-expired');
  }

  async #register(sql: Sql, agent: NewAgent, request: EnrolRequest): Promise<Issued> {
    // The certificate's row needs the agent, the agent's row the certificate's end.
    await sql.query(
      `insert into agent (id, operator_id, site_id, hostname, version, enrolled_at, certificate_expires_at)
       values ($1, $2, $3, $4, $5, $6, $6)`,
      [agent.agentId, agent.operatorId, agent.siteId, request.hostname, request.version, new Date(this.now())],
    );
    await sql.query('insert into agent_cursor (agent_id, operator_id) values ($1, $2)', [
      agent.agentId,
      agent.operatorId,
    ]);
    const issued = await this.pki.issueForAgent(sql, agent, request.csrPem);
    await sql.query('update agent set certificate_expires_at = $2 where id = $1', [agent.agentId, issued.notAfter]);
    await this.audit.write(
      sql,
      { caller: { operatorId: agent.operatorId, userId: null, name: request.hostname }, requestId: null },
      {
        verb: 'enrol',
        subjectType: 'agent',
        subjectId: agent.agentId,
        change: { siteId: agent.siteId, version: request.version },
      },
    );
    return issued;
  }

  async #replace(sql: Sql, agent: NewAgent, former: string, hostname: string): Promise<void> {
    const { agentId, operatorId } = agent;
    const taken = await this.replacements.takeOver(sql, { operatorId, former, present: agentId }, new Date(this.now()));
    await this.audit.write(
      sql,
      { caller: { operatorId, userId: null, name: hostname }, requestId: null },
      { verb: 'replace', subjectType: 'agent', subjectId: former, change: { byAgentId: agentId, ...taken } },
    );
  }

  #spread({ agentId, operatorId, siteId }: NewAgent, former: string | null): void {
    this.bus.publish(operatorId, { type: 'agent', agentId, siteId });
    if (former === null) return;
    // Gateways have another agent now.
    this.bus.publish(operatorId, { type: 'resync' });
    this.signals.emit({ type: 'handed-over', agentId: former, operatorId });
    this.signals.emit({ type: 'revoked', agentId: former, operatorId });
    this.signals.emit({ type: 'desired-state-changed', agentId, operatorId });
  }

  #installCommand(token: string): string {
    const url = this.config.PUBLIC_URL.replace(/\/+$/, '');
    return `curl -fsSL ${url}/install.sh | sudo sh -s -- --token ${token} --ca-sha256 ${this.pki.caSha256}`;
  }
}

function hash(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}
