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
import type { Rights } from '@loopstart/domain';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Scope } from '../db/scope.ts';

export const ENDPOINT = 'loopstart:endpoint';

/** The caller: resolved from the session cookie by the guard. */
export interface Caller {
  /** The member: the account in this operator. */
  userId: string;
  accountId: string;
  sessionId: string;
  operatorId: string;
  /** The rows that this caller's transactions see and write. */
  scope: Scope;
  name: string;
  email: string;
  /** The name of a role of the table, or the id of an own role. */
  role: string;
  /** What the caller may do: `allows(caller.rights, …)`. */
  rights: Rights;
  timeZone: string | null;
  operatorName: string;
  sessionExpiresAt: number;
  /** When the person last proved who they are, in ms since the epoch. */
  authenticatedAt: number;
}

/** A validated request: the argument of a controller method. */
export interface CallOf<E extends Endpoint> {
  params: z.output<E['params']>;
  query: z.output<E['query']>;
  body: z.output<E['body']>;
  /** Throws where the endpoint is public. */
  caller: Caller;
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
