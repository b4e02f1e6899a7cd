export { OperatorsPage } from './operators-page.tsx';
export { operatorsQuery, usageQuery } from './queries.ts';
export { Suspended } from './suspended.tsx';
export { UsagePage } from './usage-page.tsx';
