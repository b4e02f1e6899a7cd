import { type CodecPreference, type Endpoint, type RingPulse, type ValueType } from '@loopstart/domain';

/** A server as it is typed: `host`, `host:5060`, and an IPv6 address with a port in brackets. */
export function endpointText({ host, port }: Endpoint): string {
  if (port === null) return host;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** A value as it is edited: lists have a line for each entry. */
export function textOf(type: ValueType, value: unknown): string {
  if (value === null || value === undefined) return '';
  switch (type.kind) {
    case 'list':
      return (value as readonly string[]).join('\n');
    case 'endpoints':
      return (value as readonly Endpoint[]).map(endpointText).join('\n');
    case 'codecs':
      return (value as readonly CodecPreference[]).map(({ codec, ptimeMs }) => `${codec} ${ptimeMs}`).join('\n');
    case 'cadence':
      return (value as readonly RingPulse[]).map(({ onMs, offMs }) => `${onMs}/${offMs}`).join('\n');
    default:
      return String(value);
  }
}

/** The value that a text means. What cannot be understood stays a text, which the check of the value then refuses. */
export function valueOf(type: ValueType, text: string): unknown {
  const trimmed = text.trim();
  switch (type.kind) {
    case 'integer':
      return /^-?\d+$/.test(trimmed) ? Number(trimmed) : trimmed;
    case 'flag':
      return trimmed === 'true' ? true : trimmed === 'false' ? false : trimmed;
    case 'list':
      return lines(text);
    case 'endpoints':
      return lines(text).map(endpointOf);
    case 'codecs':
      return lines(text).map(codecOf);
    case 'cadence':
      return lines(text).map(pulseOf);
    default:
      return trimmed;
  }
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function endpointOf(line: string): Endpoint | string {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(line);
  const plain = /^([^:]+):(\d+)$/.exec(line);
  const [, host = line, port] = bracketed ?? plain ?? [];
  return { host, port: port === undefined ? null : Number(port) };
}

function codecOf(line: string): unknown {
  const [codec, ptimeMs] = line.split(/\s+/);
  return { codec, ptimeMs: ptimeMs === undefined ? 20 : Number(ptimeMs) } satisfies Record<
    keyof CodecPreference,
    unknown
  >;
}

function pulseOf(line: string): unknown {
  const [onMs, offMs] = line.split('/').map(Number);
  return { onMs, offMs } satisfies Record<keyof RingPulse, unknown>;
}
