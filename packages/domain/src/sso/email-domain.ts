/** A host name of at least two labels, in lower case. */
export const DOMAIN_PATTERN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** The domain of an e-mail address in lower case; null for what is no address. */
export function domainOf(email: string): string | null {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1).toLowerCase();
  return at > 0 && DOMAIN_PATTERN.test(domain) ? domain : null;
}

/** Whether an address is of one of these domains. A domain does not speak for those below it. */
export function isOfDomains(email: string, domains: readonly string[]): boolean {
  const domain = domainOf(email);
  return domain !== null && domains.some((one) => one.toLowerCase() === domain);
}
