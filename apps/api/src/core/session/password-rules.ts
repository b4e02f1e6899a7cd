import { createRequire } from 'node:module';
import { Injectable } from '@nestjs/common';
import type { PasswordStrength } from '@loopstart/contracts';
import { judgePassword, type PasswordEstimate, type Weakness } from '@loopstart/domain';
import { refused } from '../http/refuse.ts';

/** How much of a password is estimated at once: the cost grows with the square, and what is longer is no weaker. */
const ESTIMATED_MAX = 64;
/** Words shorter than this stand in too many passwords by chance. */
const WORD_MIN = 3;

type Factory = import('@zxcvbn-ts/core').ZxcvbnFactory;
type Found = { pattern: string; token: string; dictionaryName?: string };

/** Estimates new passwords with a list of 49,233 common ones that is part of the program: nothing leaves this machine. */
@Injectable()
export class PasswordRules {
  #factory: Promise<Factory> | undefined;

  /** How well a password resists a guesser who knows these words: names, addresses. */
  async estimate(password: string, words: readonly string[]): Promise<PasswordStrength> {
    const factory = await (this.#factory ??= load());
    const own = ownWords(words);
    const parts =
      password.length <= ESTIMATED_MAX
        ? [password]
        : [password.slice(0, ESTIMATED_MAX), password.slice(-ESTIMATED_MAX)];
    const found = parts.map((part) => estimateOf(factory, part, own));
    return judgePassword(found.reduce((best, one) => (one.guessesLog10 > best.guessesLog10 ? one : best)));
  }

  /** Throws `invalid-input` at this path, with the reason in words, where the password can be guessed. */
  async check(password: string, words: readonly string[], path: string): Promise<void> {
    const { reason } = await this.estimate(password, words);
    if (reason !== null) throw refused(path, `another password. ${reason}`);
  }
}

/** Loaded when first needed: the lists take 200 ms and 20 MB. */
async function load(): Promise<Factory> {
  // Both packages have modules without file endings, which Node imports by their CommonJS form alone.
  const require = createRequire(import.meta.url);
  const { ZxcvbnFactory } = require('@zxcvbn-ts/core') as typeof import('@zxcvbn-ts/core');
  const { dictionary, adjacencyGraphs } =
    require('@zxcvbn-ts/language-common') as typeof import('@zxcvbn-ts/language-common');
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, l33tMaxSubstitutions: 8 });
}

function estimateOf(factory: Factory, part: string, own: readonly string[]): PasswordEstimate {
  const { guessesLog10, sequence } = factory.check(part, [...own]);
  const weakest = (sequence as Found[]).filter(({ pattern }) => pattern !== 'bruteforce' && pattern !== 'separator');
  const longest = weakest.reduce<Found | null>(
    (best, one) => (best === null || one.token.length > best.token.length ? one : best),
    null,
  );
  return { guessesLog10, weakness: weaknessOf(longest) };
}

function weaknessOf(found: Found | null): Weakness {
  switch (found?.pattern) {
    case 'dictionary':
      return found.dictionaryName === 'userInputs' ? 'own-word' : 'common';
    case 'spatial':
      return 'keyboard';
    case 'repeat':
      return 'repeat';
    case 'sequence':
      return 'sequence';
    case 'date':
    case 'regex':
      return 'date';
    default:
      return 'mixed';
  }
}

/** The words as a whole, and what they are made of. */
function ownWords(words: readonly string[]): string[] {
  const all = ['loopstart', ...words].map((word) => word.toLowerCase());
  const parts = all.flatMap((word) => word.split(/[^\p{L}\p{N}]+/u));
  return [...new Set([...all, ...parts])].filter((word) => word.length >= WORD_MIN);
}
