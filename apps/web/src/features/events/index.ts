export { EventList } from './event-list.tsx';
export { EventsPage } from './list/events-page.tsx';
export { EVENTS } from './list/list.ts';
export { eventsQuery } from './queries.ts';
