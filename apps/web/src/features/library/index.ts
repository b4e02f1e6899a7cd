export { LibraryPage } from './library-page.tsx';
export { libraryQuery } from './queries.ts';
