/** The parameters of a statement while it is put together: values never stand in its text. */
export class SqlValues {
  readonly all: unknown[] = [];

  /** Adds a value; answers its placeholder, such as `$3`. */
  add(value: unknown): string {
    return `$${this.all.push(value)}`;
  }
}
