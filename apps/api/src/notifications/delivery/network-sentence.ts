/** Errors of sockets in one sentence. */
export function networkSentence(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  switch (code) {
    case 'ECONNREFUSED':
      return 'The host refused the connection.';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'The host closed the connection without an answer.';
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `The host cannot be reached (${code}).`;
    case 'CERT_HAS_EXPIRED':
      return 'The certificate of the host has expired.';
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return 'The certificate of the host is not trusted.';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'The certificate is for another host.';
    default:
      return message === undefined || message === '' ? 'It failed for an unknown reason.' : message;
  }
}
