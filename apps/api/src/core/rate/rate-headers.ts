import type { ServerResponse } from 'node:http';
import { ProblemError } from '../http/problem-error.ts';
import type { Standing } from './rate-limits.ts';

/**
 * The fields of draft-ietf-httpapi-ratelimit-headers-10: the policy, and where the caller stands at it. Both are structured
 * fields (RFC 9651), so that another policy can stand beside ours.
 */
export function rateHeaders({ name, quota, windowS, left, fullInS }: Standing): Record<string, string> {
  return {
    'ratelimit-policy': `"${name}";q=${quota};w=${windowS}`,
    ratelimit: `"${name}";r=${left};t=${fullInS}`,
  };
}

/** Writes the headers, and throws `too-many-requests` with when to try again where the limit is reached. */
export function admit(response: Pick<ServerResponse, 'setHeader'>, standing: Standing): void {
  for (const [name, value] of Object.entries(rateHeaders(standing))) response.setHeader(name, value);
  if (standing.waitMs === 0) return;
  const seconds = Math.ceil(standing.waitMs / 1000);
  throw new ProblemError('too-many-requests', {
    detail: `This ${standing.name} has used its ${standing.quota} requests a minute. Try again in ${seconds} seconds.`,
    retryAfterS: seconds,
  });
}
