/** No answer arrived: the network, or the console's own server, is away. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('The service could not be reached.', { cause });
    this.name = 'Unreachable';
  }
}
