import { All, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { VERSION } from '@loopstart/contracts';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { CallToolRequestSchema, type CallToolResult, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Request, Response } from 'express';
import { CONFIG, type Config } from '../../core/config.ts';
import { ClientAddress } from '../../core/http/client-address.service.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { requestIdOf } from '../../core/http/request-id.ts';
import { ProgramGate } from '../../core/token/program-gate.ts';
import { InnerApi } from './inner-api.ts';
import { endpointOf, inputOf, toolsFor, UNTRUSTED } from './tools.ts';

/** The Model Context Protocol over streamable HTTP, without sessions: each request stands alone, as a bearer token does. */
@Controller()
export class McpController {
  constructor(
    private readonly gate: ProgramGate,
    private readonly api: InnerApi,
    private readonly addresses: ClientAddress,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('mcp')
  async handle(@Req() request: Request, @Res() response: Response): Promise<void> {
    response.setHeader('cache-control', 'no-store');
    const token = this.gate.bearerOf(request);
    if (token === null) throw this.gate.unknown(request, response);
    // A page of another origin has no business here (MCP, "Security warning" of streamable HTTP).
    const { origin } = request.headers;
    if (origin !== undefined && origin !== new URL(this.config.PUBLIC_URL).origin)
      throw new ProblemError('not-allowed', { detail: 'Pages of another origin may not use this endpoint.' });
    const program = await this.gate.admit(token, request, response);
    // A batch would be many calls in one request.
    if (Array.isArray(request.body))
      throw new ProblemError('invalid-input', { fields: [{ path: 'body', expected: 'one message of JSON-RPC' }] });
    const server = new Server(
      { name: 'loopstart', version: VERSION },
      {
        capabilities: { tools: {} },
        instructions: `Reads a fleet of analogue voice gateways. Times are UTC; null means unknown. ${UNTRUSTED}`,
      },
    );
    server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: toolsFor(program.rights) }));
    server.setRequestHandler(CallToolRequestSchema, ({ params }) =>
      this.#call(params.name, params.arguments ?? {}, {
        authorization: `Bearer ${token}`,
        address: this.addresses.of(request),
        requestId: requestIdOf(request),
      }),
    );
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    response.on('close', () => void server.close());
    await server.connect(transport as Parameters<Server['connect']>[0]);
    await transport.handleRequest(request, response, request.body);
  }

  /** Without sessions there is no stream to open and none to end. */
  @All('mcp')
  refuse(@Res() response: Response): void {
    response.setHeader('allow', 'POST').status(405).end();
  }

  async #call(
    name: string,
    given: Record<string, unknown>,
    caller: { authorization: string; address: string; requestId: string },
  ): Promise<CallToolResult> {
    const endpoint = endpointOf(name);
    if (endpoint === null) return failed(`There is no tool ${name}.`);
    const { unknown, ...input } = inputOf(endpoint, given);
    if (unknown.length > 0) return failed(`The tool ${name} has no argument ${unknown.join(', ')}.`);
    const answer = await this.api.read(endpoint, input, caller);
    if ('tooLarge' in answer) return failed('The result is too large to read: ask for less by limit and filters.');
    if (answer.status !== 200) return failed(answer.text);
    return { content: [text(UNTRUSTED), text(answer.text)] };
  }
}

const text = (value: string) => ({ type: 'text' as const, text: value });
const failed = (sentence: string): CallToolResult => ({ isError: true, content: [text(sentence)] });
