export { CustomerFilter, PlaceFilters } from './place-filters.tsx';
