export { EventList } from './event-list.tsx';
export { EventsPage } from './events-page.tsx';
export { EventFilters } from './filters.schema.ts';
export { eventsQuery } from './queries.ts';
export { EVENT_COLUMNS } from './columns.tsx';
