import type { IncomingMessage } from 'node:http';
import type { Login } from './digest.ts';
import type { LinkState } from './line-faults.ts';

/** How a unit asks for a file. */
export interface PullOptions {
  readonly userAgent?: string;
  /** Sent where the server asks for a login. */
  readonly login?: Login | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: 'GET' | 'PUT' | 'POST';
  /** Sent with PUT and POST. */
  readonly body?: string;
}

/** What came. Status null: no answer, or the transfer broke in a way that the unit notices. */
export type Pulled =
  | { readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: string }
  | { readonly status: null; readonly why: string };

/** Where and under which disturbances a transfer takes place. */
export interface PullPlace {
  readonly localAddress: string;
  readonly link: LinkState;
  readonly signal: AbortSignal;
  /** Called where the link is cut. */
  cut(): void;
}
