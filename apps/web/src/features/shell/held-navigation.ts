/** What is known of a press on a link, or of a page that is about to be replaced. */
export interface Leaving {
  /** Where to. */
  url: URL;
  /** Where one is. */
  from: URL;
  /** Another window, a download, or something pressed with a key held: the browser's own affair. */
  own: boolean;
}

/** Whether going there replaces the page by another of the console. Within one page nothing is fetched. */
export function staysInConsole({ url, from, own }: Leaving): boolean {
  if (own || url.origin !== from.origin) return false;
  return url.pathname !== from.pathname || url.search !== from.search;
}

/** Whether the service can be reached, as far as is known without asking: null where it has to be asked. */
export function knownReachable(
  online: boolean,
  live: 'connecting' | 'live' | 'reconnecting' | 'polling',
): boolean | null {
  if (!online) return false;
  return live === 'live' ? true : null;
}
