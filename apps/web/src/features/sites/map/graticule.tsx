import { graticule, latitudeLabel, longitudeLabel, type Projection, type Size } from './projection.ts';

/** One line for about this many pixels. */
const SPACING_PX = 110;

/** Meridians and parallels with their degrees, so that a plot without coasts still says where it is. */
export function Graticule({ projection, size }: { projection: Projection; size: Size }) {
  const { west, east, south, north } = projection.bounds;
  const meridians = graticule(west, east, Math.max(2, Math.floor(size.width / SPACING_PX)));
  const parallels = graticule(south, north, Math.max(2, Math.floor(size.height / SPACING_PX) + 1));
  return (
    <g aria-hidden="true" className="text-line" stroke="currentColor">
      {meridians.map((longitude) => {
        const { x } = projection.at({ latitude: south, longitude });
        return (
          <g key={longitude}>
            <line x1={x} x2={x} y1={0} y2={size.height} />
            <text x={x + 4} y={size.height - 6} stroke="none" className="fill-ink-3 text-2xs">
              {longitudeLabel(longitude)}
            </text>
          </g>
        );
      })}
      {parallels.map((latitude) => {
        const { y } = projection.at({ latitude, longitude: west });
        return (
          <g key={latitude}>
            <line x1={0} x2={size.width} y1={y} y2={y} />
            <text x={6} y={y - 4} stroke="none" className="fill-ink-3 text-2xs">
              {latitudeLabel(latitude)}
            </text>
          </g>
        );
      })}
    </g>
  );
}
