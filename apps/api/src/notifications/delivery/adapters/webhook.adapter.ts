import type { GuardedHttp } from '../../../core/egress/guarded-http.ts';
import { signedHeaders } from '../webhook/signature.ts';
import { type Adapter, exchange, json } from './adapter.ts';

/** Standard Webhooks 1.0.0: the payload as it is, signed with every key in force. */
export function webhookAdapter(http: GuardedHttp): Adapter<'webhook'> {
  return ({ settings, keys }, { webhookId, payload, now }) => {
    const request = json('POST', settings.url, payload);
    const headers = { ...request.headers, ...signedHeaders(webhookId, now, request.body ?? '', keys) };
    return exchange(http, { ...request, headers }, now);
  };
}
