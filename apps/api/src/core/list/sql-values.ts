/** Collects the parameters of a statement: values never stand in its text. */
export class SqlValues {
  readonly all: unknown[] = [];

  /** Adds a value; returns its placeholder, such as `$3`. */
  add(value: unknown): string {
    return `$${this.all.push(value)}`;
  }
}
