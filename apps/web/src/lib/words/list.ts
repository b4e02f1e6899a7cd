/** "A", "A and B", "A, B or C". */
export function listed(parts: readonly string[], joint: 'and' | 'or'): string {
  if (parts.length < 2) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} ${joint} ${parts.at(-1)}`;
}

/** A long list cut short: "A, B or 4 others". At most `max` parts, the last of which may be the rest. */
export function listedShort(parts: readonly string[], joint: 'and' | 'or', max = 3): string {
  if (parts.length <= max) return listed(parts, joint);
  const rest = parts.length - (max - 1);
  return listed([...parts.slice(0, max - 1), `${rest} others`], joint);
}
