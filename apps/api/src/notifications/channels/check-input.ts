import type { ChannelInput } from '@loopstart/contracts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { MovedError, queryProblem, splitSettings, templateProblem } from '../delivery/index.ts';
import type { GuardedHttp } from '../../core/egress/guarded-http.ts';
import { BlockedError } from '../../core/egress/target.ts';

/**
 * Validates a person's input for a channel and separates the secrets. `before` is the stored state. Throws problems
 * that name the invalid field.
 */
export function checkInput(
  input: ChannelInput,
  { http, mail, before }: { http: Pick<GuardedHttp, 'check'>; mail: boolean; before?: Record<string, unknown> },
): ReturnType<typeof splitSettings> {
  if (input.kind === 'email' && !mail)
    throw invalid('kind', 'a kind this installation can use: it has no mail server (SMTP_URL)');
  if (input.kind === 'ticket') {
    for (const name of ['openBody', 'updateBody', 'closeBody'] as const) refuse(name, templateProblem(input[name]));
    if (input.findQuery !== undefined) refuse('findQuery', queryProblem(input.findQuery));
    const taken = Object.keys(input.headers).find((name) => OWN_HEADERS.has(name.toLowerCase()));
    const broken = Object.entries(input.headers).find(([, value]) => !FIELD_VALUE.test(value));
    if (broken !== undefined) throw invalid('headers', `a value of ${broken[0]} in plain characters`);
    if (input.credentials !== undefined && !FIELD_VALUE.test(input.credentials))
      throw invalid('credentials', 'plain characters');
    if (taken !== undefined) throw invalid('headers', `other headers than ${taken}, which Loopstart sets`);
  }
  if ('url' in input && input.url !== undefined) checkUrl(http, input.url);
  try {
    return splitSettings(input, before);
  } catch (error) {
    if (error instanceof MovedError)
      throw invalid(error.member, 'given again: the address changed, and what is stored was given for the former one');
    if (error instanceof RangeError) throw invalid(error.message, 'a value: without it nothing can be sent');
    throw error;
  }
}

/** Headers that belong to the connection. */
const OWN_HEADERS = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'content-type',
  'accept-encoding',
  'te',
  'upgrade',
  'expect',
  'trailer',
  'authorization',
]);

/** The permitted content of a header (RFC 9110, section 5.5): no line breaks, only ASCII. */
const FIELD_VALUE = /^[\t\x20-\x7e]*$/;

export function invalid(field: string, expected: string): ProblemError {
  return new ProblemError('invalid-input', { fields: [{ path: `body.${field}`, expected }] });
}

function refuse(field: string, problem: string | null): void {
  if (problem !== null) throw invalid(field, problem);
}

function checkUrl(http: Pick<GuardedHttp, 'check'>, url: string): void {
  try {
    http.check(url);
  } catch (error) {
    if (error instanceof BlockedError)
      throw new ProblemError('address-not-allowed', {
        detail: error.message,
        fields: [{ path: 'body.url', expected: 'an https address on the public internet' }],
      });
    throw error;
  }
}
