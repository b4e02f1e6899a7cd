import { z } from 'zod';
import { endpoint, fileEndpoint } from './endpoint.ts';
import { Instant } from './fields.ts';
import { confirm, name } from './input-fields.ts';
import { Touched } from './problem.ts';

/** The deletion of the own operator. */
const OperatorDeletion = z
  .object({
    state: z
      .enum(['none', 'waiting', 'due', 'removing'])
      .describe('waiting: nothing is gone yet, and everything works; due, removing: its rows go'),
    requestedBy: z.string().nullable(),
    requestedAt: Instant.nullable(),
    dueAt: Instant.nullable().describe('From when on its rows go'),
    touched: Touched.describe('The lines that nobody watches then'),
  })
  .meta({ id: 'OperatorDeletion' });
export type OperatorDeletion = z.infer<typeof OperatorDeletion>;

export const operatorEndpoints = {
  exportOperator: fileEndpoint({
    id: 'exportOperator',
    path: '/api/v1/operator/export',
    permission: 'operator.export',
    summary: 'Export everything that this operator has as NDJSON, without secrets',
    query: z.object({}),
    media: 'application/x-ndjson',
  }),
  getOperatorDeletion: endpoint({
    id: 'getOperatorDeletion',
    method: 'GET',
    path: '/api/v1/operator/deletion',
    permission: 'operator.delete',
    summary: 'Get whether this operator is to be deleted, and how many lines nobody would watch then',
    response: OperatorDeletion,
  }),
  requestOperatorDeletion: endpoint({
    id: 'requestOperatorDeletion',
    method: 'POST',
    path: '/api/v1/operator/deletion',
    permission: 'operator.delete',
    summary: 'Request that this operator is deleted with everything it has, after a time in which it can be withdrawn',
    body: z.object({ name: name.describe('The name of the operator, as it is written'), confirm }),
    response: OperatorDeletion,
    status: 202,
    stepUp: true,
  }),
  withdrawOperatorDeletion: endpoint({
    id: 'withdrawOperatorDeletion',
    method: 'DELETE',
    path: '/api/v1/operator/deletion',
    permission: 'operator.delete',
    summary: 'Withdraw the deletion, as long as nothing is gone',
    response: OperatorDeletion,
  }),
} as const;
