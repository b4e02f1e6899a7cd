import type { Codec, CodecPreference, Endpoint, RingPulse } from '@loopstart/domain';
import type { Refused } from '../slices/config.ts';
import { LEAVE, type Spread, type Texts } from './entries.ts';
import { isRefused, list, refuse, type Word } from './words.ts';

/** Servers in order, each in a key of its own; keys beyond the last server become empty. */
export function serversIn(count: number, word: Word<Endpoint>): Spread<readonly Endpoint[]> {
  return {
    write(servers) {
      if (servers.length === 0) return refuse('expected at least one server');
      if (servers.length > count) return refuse(`expected at most ${count === 1 ? 'one server' : `${count} servers`}`);
      const texts = servers.map((server) => word.write(server));
      const refused = texts.find(isRefused);
      if (refused !== undefined) return refused;
      return [...(texts as string[]), ...Array.from({ length: count - servers.length }, () => '')];
    },
    read(texts) {
      const given = texts.map((text) => text?.trim() ?? '');
      const end = given.indexOf('');
      const filled = end === -1 ? given : given.slice(0, end);
      if (given.slice(filled.length).some((text) => text !== '')) return undefined;
      const servers = filled.map((text) => word.read(text));
      return servers.includes(undefined) ? undefined : (servers as Endpoint[]);
    },
  };
}

/** One server or none, in a list of the model. */
export function oneServer(word: Word<Endpoint>): Word<readonly Endpoint[]> {
  return {
    write: ([server, ...more]) => {
      if (more.length > 0) return refuse('expected one server at most');
      return server === undefined ? '' : word.write(server);
    },
    read(text) {
      const server = word.read(text);
      return server === undefined ? undefined : [server];
    },
  };
}

/** One name or none, in a list of the model. */
export function oneName(word: Word<string>): Word<readonly string[]> {
  return {
    write: ([name, ...more]) =>
      more.length > 0 ? refuse('expected one at most') : name === undefined ? '' : word.write(name),
    read(text) {
      const name = word.read(text);
      return name === undefined ? undefined : [name];
    },
  };
}

/** The same text in every key, for vendors that ask for it twice. */
export function inEach<V>(count: number, word: Word<V>): Spread<V> {
  return {
    write(value) {
      const text = word.write(value);
      return isRefused(text) ? text : Array.from({ length: count }, () => text);
    },
    read([first, ...others]) {
      return first !== undefined && others.every((text) => text === first) ? word.read(first) : undefined;
    },
  };
}

/** A number with a switch beside it: 0 is off, and leaves the number as it is. */
export function switchedNumber({ on, off }: { on: string; off: string }, word: Word<number>): Spread<number> {
  return {
    write(value): Texts | Refused {
      if (value === 0) return [off, LEAVE];
      const text = word.write(value);
      return isRefused(text) ? text : [on, text];
    },
    read([state, text]) {
      if (state === off) return 0;
      return state === on && text !== undefined ? word.read(text) : undefined;
    },
  };
}

/** Codecs in the order of their keys, which must all hold one: those beyond the last repeat the first. */
export function codecSlots(
  slots: number,
  codes: Readonly<Partial<Record<Codec, string>>>,
  ptimeMs: Word<number>,
): Spread<readonly CodecPreference[]> {
  const names = Object.keys(codes) as Codec[];
  return {
    write(codecs) {
      const unknown = codecs.find(({ codec }) => codes[codec] === undefined);
      if (unknown !== undefined)
        return refuse(`this gateway has ${list(names)} with a known packet time, not ${unknown.codec}`);
      const [first] = codecs;
      if (first === undefined) return refuse('expected at least one codec');
      if (codecs.length > slots) return refuse(`expected at most ${slots} codecs`);
      if (codecs.some(({ ptimeMs }) => ptimeMs !== first.ptimeMs)) {
        return refuse('expected the same packet time for every codec, since this gateway has one for all');
      }
      const time = ptimeMs.write(first.ptimeMs);
      if (isRefused(time)) return time;
      const filled = Array.from({ length: slots }, (_, at) => (codecs[at] ?? first).codec);
      return [...filled.map((codec) => codes[codec] ?? ''), time];
    },
    read(texts) {
      const time = texts.at(-1);
      const packetMs = time === undefined ? undefined : ptimeMs.read(time);
      const found = texts.slice(0, -1).map((text) => names.find((name) => codes[name] === text?.trim()));
      if (packetMs === undefined || found.includes(undefined)) return undefined;
      return [...new Set(found as Codec[])].map((codec) => ({ codec, ptimeMs: packetMs }));
    },
  };
}

/** A cadence as bursts of `on` and `off`, joined. */
export function cadenceWord({
  before,
  between,
  joined,
  after,
  scale,
}: {
  before: string;
  between: string;
  joined: string;
  after: string;
  scale: Word<number>;
}): Word<readonly RingPulse[]> {
  return {
    write(pulses) {
      const texts = pulses.flatMap(({ onMs, offMs }) => [scale.write(onMs), scale.write(offMs)]);
      const refused = texts.find(isRefused);
      if (refused !== undefined) return refused;
      const bursts = pulses.map((_, at) => `${String(texts[at * 2])}${between}${String(texts[at * 2 + 1])}`);
      return `${before}${bursts.join(joined)}${after}`;
    },
    read(text) {
      const trimmed = text.replaceAll(/\s/g, '');
      if (!trimmed.startsWith(before) || !trimmed.endsWith(after)) return undefined;
      const bursts = trimmed.slice(before.length, trimmed.length - after.length).split(joined);
      const pulses = bursts.map((burst) => {
        const [on, off, ...more] = burst.split(between).map((part) => scale.read(part));
        return on === undefined || off === undefined || more.length > 0 ? undefined : { onMs: on, offMs: off };
      });
      return pulses.includes(undefined) ? undefined : (pulses as RingPulse[]);
    },
  };
}

/** A list with one row for each item. `keys` has for each row its own key, which removes it, and those of its cells. */
export function rows<T>(
  count: number,
  cells: number,
  {
    write,
    read,
  }: { write(item: T, at: number): readonly string[] | Refused; read(texts: readonly string[]): T | undefined },
): Spread<readonly T[]> {
  return {
    write(items) {
      if (items.length === 0) return refuse('expected at least one');
      if (items.length > count) return refuse(`expected at most ${count}`);
      const texts: (string | null | typeof LEAVE)[] = [];
      for (let at = 0; at < count; at++) {
        const item = items[at];
        const written = item === undefined ? undefined : write(item, at);
        if (written !== undefined && isRefused(written)) return written;
        if (written === undefined) texts.push(null, ...Array.from({ length: cells }, (): typeof LEAVE => LEAVE));
        else texts.push(LEAVE, ...written);
      }
      return texts;
    },
    read(texts) {
      const items: T[] = [];
      for (let at = 0; at < count; at++) {
        const row = texts.slice(at * (cells + 1) + 1, (at + 1) * (cells + 1));
        if (row.every((text) => text === undefined)) continue;
        const item = row.includes(undefined) || items.length < at ? undefined : read(row as string[]);
        if (item === undefined) return undefined;
        items.push(item);
      }
      return items;
    },
  };
}

/** The keys that `rows` spreads over: of each row its own, then those of its cells. */
export const rowKeys = (count: number, row: (at: number) => string, cells: readonly string[], joined: string) =>
  Array.from({ length: count }, (_, at) => [row(at), ...cells.map((cell) => `${row(at)}${joined}${cell}`)]).flat();
