import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { buildPath, type Endpoint } from '@loopstart/contracts';
import type { AddressInfo } from 'node:net';
import { ClientAddress, INNER_KEY_HEADER } from '../../core/http/client-address.service.ts';

/** What a model can read at once, in characters. */
const RESULT_MAX = 100_000;

export type Answer = { status: number; text: string } | { tooLarge: true };

/** Calls this API over loopback, so that a tool passes the same guard, scope, validation and limits as any request. */
@Injectable()
export class InnerApi {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly addresses: ClientAddress,
  ) {}

  async read(
    endpoint: Endpoint,
    input: { params: object; query: object },
    caller: { authorization: string; address: string; requestId: string },
  ): Promise<Answer> {
    const response = await fetch(this.#origin() + buildPath(endpoint.path, input.params, input.query), {
      redirect: 'error',
      headers: {
        accept: 'application/json',
        authorization: caller.authorization,
        'x-request-id': caller.requestId,
        'x-forwarded-for': caller.address,
        [INNER_KEY_HEADER]: this.addresses.innerKey,
      },
    });
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      // Leaving the loop cancels the rest.
      if (text.length > RESULT_MAX) return { tooLarge: true };
    }
    return { status: response.status, text: text + decoder.decode() };
  }

  #origin(): string {
    const { address, port, family } = (this.host.httpAdapter.getHttpServer() as { address(): AddressInfo }).address();
    if (address === '::' || address === '0.0.0.0') return `http://127.0.0.1:${port}`;
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  }
}
