// A station's state as JSON and tiles say it, and the shape of the door that stands for it on the page.

/** The shape of the door of each state. */
export const SHAPES = {
  open: "open",
  closing_soon: "soon",
  closed: "closed",
  closed_by_notice: "notice",
  suspended: "suspended",
  unknown: "unknown",
} as const;

/** What a worker is told of a station. */
export type State = keyof typeof SHAPES;

/** Every shape of a door. */
export const DOOR_SHAPES: readonly string[] = Object.values(SHAPES);

/** The shape of the door of a state; whatever is no state is not known. */
export function shapeOf(state: unknown): string {
  return SHAPES[String(state) as State] ?? SHAPES.unknown;
}
