import { Inject, Injectable } from '@nestjs/common';
import type {
  AgentReturn,
  endpoints,
  LiveEvent,
  ReturnChallenge,
  ReturnRequest,
  ReturnResponse,
} from '@loopstart/contracts';
import { judgeReturn } from '@loopstart/domain';
import type { z } from 'zod';
import { LiveBus } from '../../../core/bus/live-bus.ts';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { CONFIG, type Config } from '../../../core/config.ts';
import { Database, type Sql } from '../../../core/db/database.ts';
import { type Scope, wholeOperator } from '../../../core/db/scope.ts';
import { found, ProblemError } from '../../../core/http/problem-error.ts';
import { AuditRepository, type By, Changes } from '../../../identity/audit/index.ts';
import { type KnownAgentCertificate, PkiService } from '../../pki/index.ts';
import { makeChallenge, openChallenge, provenCertificate } from './return-proof.ts';
import { ReturnRepository } from './return.repository.ts';

type Proven = Awaited<ReturnType<typeof provenCertificate>>;
interface Asked {
  certificate: Proven;
  known: KnownAgentCertificate;
  challengeAt: Date;
  request: ReturnRequest;
  address: string;
}

/** Agents come back by proving the key of their last certificate; where that is not enough, a person approves. */
@Injectable()
export class ReturnService {
  constructor(
    private readonly db: Database,
    private readonly pki: PkiService,
    private readonly returns: ReturnRepository,
    private readonly audit: AuditRepository,
    private readonly changes: Changes,
    private readonly bus: LiveBus,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  challenge(): ReturnChallenge {
    return { challenge: makeChallenge(this.config.secretKeys(), this.now()) };
  }

  /** Nothing is stored, and no operator's data read, before the key is proven. Throws the reason of a refusal. */
  async comeBack(request: ReturnRequest, address: string): Promise<ReturnResponse> {
    const challengeAt = new Date(openChallenge(this.config.secretKeys(), request.challenge, this.now()));
    const certificate = await provenCertificate(this.pki, request);
    const known = await this.pki.knownCertificate(certificate.serial);
    if (known === null || known.agentId !== certificate.agentId) throw new ProblemError('certificate-unknown');
    const asked = { certificate, known, challengeAt, request, address };
    const { response, live } = await this.db.tx(wholeOperator(known.operatorId), (sql) => this.#judge(sql, asked));
    for (const event of live) this.bus.publish(known.operatorId, event);
    return response;
  }

  list(scope: Scope): Promise<{ items: AgentReturn[] }> {
    return this.db.tx(scope, async (sql) => ({ items: await this.returns.list(sql) }));
  }

  decide(
    by: By,
    agentId: string,
    { keySha256, approve }: z.output<typeof endpoints.decideAgentReturn.body>,
  ): Promise<AgentReturn> {
    return this.changes.make(by, async (sql) => {
      const decision = { approve, by: by.caller.name, at: new Date(this.now()) };
      const decided = found(await this.returns.decide(sql, { agentId, keySha256 }, decision));
      return {
        result: decided,
        audit: {
          verb: approve ? 'approve-return' : 'refuse-return',
          subjectType: 'agent',
          subjectId: agentId,
          change: { keySha256, address: decided.address },
        },
        live: [{ type: 'agent', agentId, siteId: decided.site.id }],
      };
    });
  }

  async #judge(sql: Sql, asked: Asked): Promise<{ response: ReturnResponse; live: LiveEvent[] }> {
    const { certificate, known, challengeAt } = asked;
    const { agentId } = known;
    const nowMs = this.now();
    const agent = found(await this.returns.lock(sql, agentId, certificate.keySha256));
    if (agent.answeredAt !== null && agent.answeredAt >= challengeAt)
      throw new ProblemError('challenge-refused', { detail: 'It was answered already.' });
    const { approved, decidedAt } = agent;
    const verdict = judgeReturn(
      {
        revoked: known.revoked,
        superseded: known.superseded,
        conflict: agent.conflict,
        expiredAtMs: certificate.notAfterMs,
        decision: approved === null || decidedAt === null ? null : { approved, atMs: decidedAt.getTime() },
      },
      nowMs,
    );
    if (verdict.verdict === 'refuse')
      throw new ProblemError(verdict.reason === 'revoked' ? 'agent-revoked' : 'return-refused');
    await this.returns.markAnswered(sql, agentId, challengeAt);
    const live: LiveEvent[] = [{ type: 'agent', agentId, siteId: agent.siteId }];
    if (verdict.verdict === 'renew') return { response: await this.#renew(sql, asked), live };
    const { keySha256, notAfterMs } = certificate;
    const { hostname, version } = asked.request;
    const { operatorId } = known;
    const { reason } = verdict;
    if (reason === 'older-key') await this.returns.noteOlderKey(sql, agentId, new Date(nowMs));
    const asks = { agentId, operatorId, keySha256, reason, address: asked.address, hostname, version };
    await this.returns.ask(sql, { ...asks, expiredAt: new Date(notAfterMs) }, new Date(nowMs));
    return { response: { state: 'waiting', reason, keySha256 }, live };
  }

  async #renew(sql: Sql, { known, request, certificate, address }: Asked): Promise<ReturnResponse> {
    const { agentId, operatorId } = known;
    const { certificatePem, notAfter } = await this.pki.issueForAgent(sql, { agentId, operatorId }, request.csrPem);
    await sql.query('update agent set certificate_expires_at = $2 where id = $1', [agentId, notAfter]);
    await this.audit.write(
      sql,
      { caller: { operatorId, userId: null, name: request.hostname }, requestId: null },
      {
        verb: 'return',
        subjectType: 'agent',
        subjectId: agentId,
        change: {
          keySha256: certificate.keySha256,
          address,
          expiredAt: new Date(certificate.notAfterMs).toISOString(),
        },
      },
    );
    return { state: 'renewed', certificatePem, caPem: this.pki.caPem, mqttUrl: this.config.MQTT_PUBLIC_URL };
  }
}
