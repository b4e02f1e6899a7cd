import { topics } from '@loopstart/contracts';
import fc from 'fast-check';

/** Levels as somebody would try them: other agents, wildcards, shared and system topics, empty, unicode, long. */
const level = (own: string, victim: string) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('loopstart', 'v1', 'agents', 'up', 'down', 'presence', own, victim) },
    {
      weight: 3,
      arbitrary: fc.constantFrom('+', '#', '', '$SYS', '$share', '$queue', '$CONTROL', '.', '..', '%u', '%c'),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(victim.toUpperCase(), `${own} `, `${victim}\u200b`, 'ｕｐ', 'a'.repeat(500)),
    },
  );

/** Topics and filters that look like ours, of any length that MQTT permits (at most 65,535 bytes); never the agent's own. */
export function hostileTopics(own: string, victim: string): fc.Arbitrary<string> {
  const shaped = fc.tuple(
    fc.constantFrom('', '/', '$share/loopstart-api/', '$share/g/', '$SYS/', '//'),
    fc.constantFrom(
      'loopstart/v1/agents',
      'loopstart/v1/agents/',
      'LOOPSTART/v1/agents',
      '+/+/+',
      'loopstart/+/agents',
    ),
    fc.array(level(own, victim), { minLength: 1, maxLength: 4 }),
  );
  return fc
    .oneof(
      shaped.map(([head, base, rest]) => `${head}${base}/${rest.join('/')}`),
      fc.array(level(own, victim), { minLength: 1, maxLength: 8 }).map((levels) => levels.join('/')),
      fc.constantFrom(`${topics.up(victim)}/`, `/${topics.up(victim)}`, `${topics.down(own)}/#`, 'a/'.repeat(2_000)),
    )
    .filter((topic) => topic !== '' && !topic.includes('\0') && !OWN(own).has(topic));
}

const OWN = (id: string) => new Set([topics.up(id), topics.down(id), topics.presence(id)]);

/** The topics, the same each time. */
export const sampleTopics = (own: string, victim: string, count: number): string[] =>
  fc.sample(hostileTopics(own, victim), { numRuns: count, seed: 20_261_130 });
