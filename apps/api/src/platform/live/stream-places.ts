import { Injectable } from '@nestjs/common';
import type { LiveEvent } from '@loopstart/contracts';
import { Database } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';

/** What a limited person sees now: the rows of their scope, as the database's own policies find them. */
export interface SeenPlaces {
  siteIds: ReadonlySet<string>;
  gatewayIds: ReadonlySet<string>;
}

@Injectable()
export class StreamPlaces {
  constructor(private readonly db: Database) {}

  /** What a scope sees; null where it is not limited. */
  async of(scope: Scope): Promise<SeenPlaces | null> {
    if (scope.limitedTo === null) return null;
    return this.db.tx(scope, async (sql) => {
      const ids = async (table: 'site' | 'gateway') =>
        new Set((await sql.query<{ id: string }>(`select id from ${table}`)).rows.map(({ id }) => id));
      return { siteIds: await ids('site'), gatewayIds: await ids('gateway') };
    });
  }
}

/** Whether these places cover an event. One that cannot be placed is not shown: it may be about anything. */
export function shows(places: SeenPlaces | null, event: LiveEvent): boolean {
  if (places === null) return true;
  switch (event.type) {
    case 'resync':
      return true;
    case 'gateway':
    case 'inventory':
    case 'agent':
      return places.siteIds.has(event.siteId);
    case 'event':
      return places.siteIds.has(event.event.siteId);
    case 'action':
      return places.gatewayIds.has(event.action.gatewayId);
    case 'configuration':
      return event.siteId !== null && places.siteIds.has(event.siteId);
    case 'incident':
      return event.incident.place.site !== null && places.siteIds.has(event.incident.place.site.id);
    default:
      return event satisfies never;
  }
}

/** Whether more is seen than before: the browser then fetches again. */
export const hasGrown = (before: SeenPlaces | null, after: SeenPlaces | null): boolean =>
  before !== null &&
  (after === null ||
    [...after.siteIds].some((id) => !before.siteIds.has(id)) ||
    [...after.gatewayIds].some((id) => !before.gatewayIds.has(id)));
