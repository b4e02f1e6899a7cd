export { streamsQuery } from './queries.ts';
export { StreamsPage } from './streams-page.tsx';
