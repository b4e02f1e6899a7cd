/**
 * Guesses that a password must outlast, as a power of ten. NIST SP 800-63B-4, section 3.1.1.2, asks for a list of common,
 * expected and compromised passwords; the estimate covers such a list together with its simple variations.
 */
export const GUESSES_MIN_LOG10 = 10;

/** What an estimate found in the weakest half of a password. */
export type Weakness = 'common' | 'own-word' | 'keyboard' | 'repeat' | 'sequence' | 'date' | 'mixed';

export interface PasswordEstimate {
  guessesLog10: number;
  weakness: Weakness;
}

const REASONS: Record<Weakness, string> = {
  common: 'It is built from passwords that many people use.',
  'own-word': 'It is built from your name, your address or the name of your organisation.',
  keyboard: 'It follows keys that lie beside each other.',
  repeat: 'It repeats the same thing.',
  sequence: 'It is a sequence such as abcd or 4321.',
  date: 'It is built from a date or a year.',
  mixed: 'It can be guessed too soon.',
};

/** Whether a new password is accepted, how far it is (0 to 4, where 4 is accepted), and in words why not. */
export function judgePassword({ guessesLog10, weakness }: PasswordEstimate): {
  accepted: boolean;
  score: 0 | 1 | 2 | 3 | 4;
  reason: string | null;
} {
  const accepted = guessesLog10 >= GUESSES_MIN_LOG10;
  const steps = [3, 6, 8, GUESSES_MIN_LOG10].filter((step) => guessesLog10 >= step).length;
  return {
    accepted,
    score: steps as 0 | 1 | 2 | 3 | 4,
    reason: accepted ? null : `${REASONS[weakness]} Three or four unrelated words are better.`,
  };
}
