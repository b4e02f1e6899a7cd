export { MeasurementsSection } from './measurements-section.tsx';
export { rangeWords } from './range.ts';
export { RangeChoice } from './range-choice.tsx';
export { useRange } from './use-range.ts';
