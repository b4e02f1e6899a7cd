/** A command line over SSH or telnet. Lines come without their end; answers have lines that end in a line feed. */
export interface Cli {
  /** Before the first prompt. */
  readonly greeting: string;
  /** The prompt that awaits the next line; '' where the unit shows none. */
  readonly prompt: string;
  /** The unit has ended the session. */
  readonly over: boolean;
  /** Output stops after so many lines for a key, where this is set. */
  readonly pageLines?: number | null;
  /** Whether `?` shows help at once, and is no part of the line. */
  readonly helpKey?: boolean;
  input(line: string): Promise<string> | string;
}
