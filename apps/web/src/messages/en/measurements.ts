export const measurements = {
  from: 'From',
  notMeasured: 'not measured',
  to: ' ({measured} to {measured2})',
  charts: 'Charts',
  table: 'Table',
  measurements: 'Measurements',
  showMeasurementsAs: 'Show measurements as',
  noMeasurements: 'No measurements',
  measurementsOfIn: 'Measurements of {of} in {rangeWords}',
  measurements2: 'measurements',
  timeRange: 'Time range',
  theLast: 'the last {length}',
} as const;
