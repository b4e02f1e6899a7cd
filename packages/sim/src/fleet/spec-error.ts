/** An invalid description of a fleet, or an invalid command; the message is one sentence that names the field. */
export class SimSpecError extends Error {
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.name = 'SimSpecError';
    this.field = field;
  }
}
