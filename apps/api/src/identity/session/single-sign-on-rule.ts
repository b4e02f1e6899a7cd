import { Injectable } from '@nestjs/common';
import type { SignInMethod } from '@loopstart/domain';
import { Database } from '../../core/db/database.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import type { Membership } from '../../core/session/session.service.ts';

/** Where a proof opens: an operator can demand its single sign-on, and the single sign-on of one opens that one alone. */
@Injectable()
export class SingleSignOnRule {
  constructor(private readonly db: Database) {}

  /** The first of these memberships that a proof by these methods opens. Throws `single-sign-on-required` for none. */
  async firstOf(memberships: readonly Membership[], methods: readonly SignInMethod[]): Promise<Membership | undefined> {
    if (methods.includes('sso')) return memberships[0];
    for (const one of memberships) if (!(await this.#demands(one))) return one;
    if (memberships[0] !== undefined) throw required(memberships[0]);
    return undefined;
  }

  /** Throws where a session by these methods may not be changed for one of this membership. */
  async checkSwitch(to: Membership, methods: readonly SignInMethod[], present: string): Promise<void> {
    if (methods.includes('sso'))
      throw new ProblemError('not-allowed', {
        detail: `You are here by the single sign-on of ${present}, which opens ${present} alone. Sign out, and sign in for ${to.operatorName}.`,
      });
    if (await this.#demands(to)) throw required(to);
  }

  /** Owners are exempt, so that a provider that fails locks nobody out for good. */
  async #demands({ userId }: Membership): Promise<boolean> {
    const { rows } = await this.db.query<{ required: boolean }>('select resolve_sso_required($1) as required', [
      userId,
    ]);
    return rows[0]!.required;
  }
}

const required = ({ operatorName }: Membership): ProblemError =>
  new ProblemError('single-sign-on-required', {
    detail: `${operatorName} lets its members in by single sign-on alone. Enter your e-mail address on the sign-in page and choose it there.`,
  });
