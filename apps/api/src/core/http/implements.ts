import {
  applyDecorators,
  createParamDecorator,
  Delete,
  type ExecutionContext,
  Get,
  HttpCode,
  Patch,
  Post,
  Put,
  SetMetadata,
} from '@nestjs/common';
import type { Endpoint, HttpMethod } from '@loopstart/contracts';
import type { Rights, SignInMethod } from '@loopstart/domain';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Scope } from '../db/scope.ts';

export const ENDPOINT = 'loopstart:endpoint';

/** What every caller is. */
interface CallerBase {
  operatorId: string;
  operatorName: string;
  /** The rows that this caller's transactions see and write. */
  scope: Scope;
  name: string;
  /** The name of a role of the table, or the id of an own role; of a program that of the person who answers for it. */
  role: string;
  /** What the caller may do: `allows(caller.rights, …)`. */
  rights: Rights;
}

/** A signed-in person, resolved from the session cookie by the guard. */
export interface Person extends CallerBase {
  kind: 'person';
  /** The member: the account in this operator. */
  userId: string;
  accountId: string;
  sessionId: string;
  /** By what the person proved who they are. */
  methods: readonly SignInMethod[];
  email: string;
  timeZone: string | null;
  /** The operator requires a second factor, and the person has none yet that it accepts: they may add one, and nothing else. */
  mustEnrol: boolean;
  /** The operator names networks, and it is unknown from where this is asked: the person's name is shown, and nothing else. */
  unplaced: boolean;
  sessionExpiresAt: number;
  /** When the person last proved who they are, in ms since the epoch. */
  authenticatedAt: number;
  /** Why nobody of the operator can work; null: everybody can. */
  suspension: { since: string; reason: string } | null;
}

/** A program, resolved from its token. It is nobody: nothing is assigned to it. */
export interface Program extends CallerBase {
  kind: 'token';
  userId: null;
  tokenId: string;
  /** The member who answers for it. */
  ownerId: string;
}

export type Caller = Person | Program;

/** A validated request: the argument of a controller method. */
export interface CallOf<E extends Endpoint> {
  params: z.output<E['params']>;
  query: z.output<E['query']>;
  body: z.output<E['body']>;
  /** Throws where the endpoint is public. */
  caller: Caller;
  /** The caller of what people alone do. Throws `people-only` where it is a program. */
  person: Person;
  requestId: string;
  request: Request;
  response: Response;
}

/** A request as guard and interceptor fill it before the controller. */
export type LoopstartRequest = Request & { caller?: Caller; call?: CallOf<Endpoint> };

const METHODS: Record<HttpMethod, (path: string) => MethodDecorator> = {
  GET: Get,
  POST: Post,
  PATCH: Patch,
  PUT: Put,
  DELETE: Delete,
};

/** Binds a controller method to an endpoint of the contract: route, status, who may call, validation and response shape. */
export function Implements(endpoint: Endpoint): MethodDecorator {
  return applyDecorators(
    METHODS[endpoint.method](endpoint.path),
    HttpCode(endpoint.status),
    SetMetadata(ENDPOINT, endpoint),
  );
}

/** The validated request. */
export const Call = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<LoopstartRequest>().call,
);
