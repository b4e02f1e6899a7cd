/** PostgreSQL counts microseconds from 2000-01-01 UTC. */
export const POSTGRES_EPOCH_MS = 946_684_800_000;

const HEADER_BYTES = 20;
/** pg_type.oid of the element types that are read here. */
const INT2 = 21;
const FLOAT4 = 700;
const TIMESTAMPTZ = 1184;

/** The cells of a one-dimensional array of numbers or times (as ms since the epoch) in PostgreSQL's binary format. */
export function readCells(bytes: Uint8Array): (number | null)[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getInt32(0) === 0) return [];
  const elementOid = view.getInt32(8);
  const length = view.getInt32(12);
  const cells: (number | null)[] = [];
  let at = HEADER_BYTES;
  for (let index = 0; index < length; index += 1) {
    const size = view.getInt32(at);
    at += 4;
    if (size < 0) {
      cells.push(null);
      continue;
    }
    cells.push(readCell(view, at, elementOid));
    at += size;
  }
  return cells;
}

function readCell(view: DataView, at: number, elementOid: number): number {
  switch (elementOid) {
    case INT2:
      return view.getInt16(at);
    case FLOAT4:
      return shortest(view.getFloat32(at));
    case TIMESTAMPTZ:
      return Number(view.getBigInt64(at) / 1000n) + POSTGRES_EPOCH_MS;
    default:
      return view.getInt32(at);
  }
}

/** A 32-bit float with the fewest digits that identify it, as PostgreSQL itself prints it. */
export function shortest(float: number): number {
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(float.toPrecision(digits));
    if (Math.fround(short) === float) return short;
  }
  return float;
}
