/** The database column of a field of packages/domain: `lineVoltageV` is kept in `line_voltage_v`. */
export function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
