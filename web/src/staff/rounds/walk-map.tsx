// The walk of a round as a small drawing: the stations as numbers in their order, joined by a line. It needs no map
// and prints; streets are not on it.

import { w } from "../words";
import type { Stop } from "./api";

const [WIDTH, HEIGHT, EDGE] = [360, 260, 18];
/** From so many stations on, only every few are numbered, so that the numbers can be read. */
const CROWDED = 40;

/** Places as points of the drawing, north above, with true proportions at their latitude. */
export function drawn(
  stops: readonly { lon: number; lat: number }[],
): readonly (readonly [number, number])[] {
  if (stops.length === 0) return [];
  const lats = stops.map((s) => s.lat);
  const shrink = Math.cos(((Math.min(...lats) + Math.max(...lats)) / 2) * (Math.PI / 180));
  const flat = stops.map((s) => [s.lon * shrink, -s.lat] as const);
  const [xs, ys] = [flat.map(([x]) => x), flat.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [across, down] = [Math.max(...xs) - left, Math.max(...ys) - top];
  const scale = Math.min((WIDTH - 2 * EDGE) / (across || 1e-9), (HEIGHT - 2 * EDGE) / (down || 1e-9));
  const [dx, dy] = [(WIDTH - across * scale) / 2, (HEIGHT - down * scale) / 2];
  return flat.map(([x, y]) => [(x - left) * scale + dx, (y - top) * scale + dy] as const);
}

/** The drawing. */
export function WalkMap({ stops }: { stops: readonly Stop[] }) {
  const points = drawn(stops);
  const every = Math.ceil(stops.length / CROWDED);
  return (
    <svg class="walk-map" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={w.rounds.walk_map}>
      <polyline points={points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ")} />
      {points.map(([x, y], i) => {
        const stop = stops[i];
        const isNumbered = i % every === 0 || i === points.length - 1;
        return (
          <g key={stop?.id} class={stop?.inspected ? "done" : ""}>
            <circle cx={x} cy={y} r={isNumbered ? 9 : 4} />
            {isNumbered ? (
              <text x={x} y={y + 3.5}>
                {stop?.rank}
              </text>
            ) : null}
          </g>
        );
      })}
    </svg>
  );
}
