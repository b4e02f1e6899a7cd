export { PlaceFilters } from './place-filters.tsx';
