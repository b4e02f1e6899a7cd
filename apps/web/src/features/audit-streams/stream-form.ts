import type { AuditStream } from '@loopstart/contracts';

/** What the form holds before it is checked. */
export interface StreamDraft {
  kind: 'webhook' | 'syslog';
  name: string;
  url: string;
  host: string;
  port: string;
  ca: string;
  /** Removes the client certificate that is there. */
  withoutClient: boolean;
  clientCertificate: string;
  clientKey: string;
  from: 'now' | 'start';
}

const NO_CLIENT = { withoutClient: false, clientCertificate: '', clientKey: '' };

export function draftOf(stream: AuditStream | null): StreamDraft {
  const empty = {
    kind: 'webhook',
    name: '',
    url: '',
    host: '',
    port: '6514',
    ca: '',
    from: 'now',
    ...NO_CLIENT,
  } as const;
  if (stream === null) return empty;
  const { kind, name, target } = stream;
  if (kind === 'webhook') return { ...empty, kind, name };
  const at = target.lastIndexOf(':');
  return { ...empty, kind, name, host: target.slice(0, at).replace(/^\[|\]$/g, ''), port: target.slice(at + 1) };
}

/** The body of the request. Of a stream that is there, what was left empty stays as it is. */
export function bodyOf(draft: StreamDraft, isNew: boolean): unknown {
  const { kind, name, url, host, port, ca, from } = draft;
  const begin = isNew ? { from } : {};
  if (kind === 'webhook') return { kind, name, ...(url === '' && !isNew ? {} : { url: url.trim() }), ...begin };
  const certificates = ca.trim();
  return {
    kind,
    name,
    host,
    port: Number(port),
    ...(certificates === '' ? (isNew ? { ca: null } : {}) : { ca: certificates }),
    ...clientOf(draft, isNew),
    ...begin,
  };
}

/** A certificate is sent with its key; of a stream that is there, what was left empty stays. */
function clientOf({ withoutClient, clientCertificate, clientKey }: StreamDraft, isNew: boolean): object {
  const [certificate, privateKey] = [clientCertificate.trim(), clientKey.trim()];
  if (certificate !== '' || privateKey !== '') return { client: { certificate, privateKey } };
  return isNew || withoutClient ? { client: null } : {};
}
