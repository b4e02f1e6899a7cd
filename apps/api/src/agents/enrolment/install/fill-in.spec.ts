import { expect, test } from 'vitest';
import { fillIn } from './fill-in.ts';

const script = "A='@A@'\nB='@B@'\ncase $1 in @A@) ;; esac\n";

test('fills in placeholders with a value and leaves the rest', () => {
  expect(fillIn(script, { A: 'https://example.com:8443/x', B: null })).toBe(
    "A='https://example.com:8443/x'\nB='@B@'\ncase $1 in @A@) ;; esac\n",
  );
});

test.for(["a'; rm -rf /; '", 'a b', '$(id)', 'a\nb', '`id`'])('refuses %j, which could become a command', (value) => {
  expect(() => fillIn(script, { A: value })).toThrow('A has a character that cannot go into a script.');
});
