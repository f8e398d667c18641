// What the service says of demand, coverage and gaps, as types.

/** What figures count: people at an instant, person-hours over a week or a season. */
export type Unit = "people" | "person_hours";

/** A layer of demand with its provenance. */
export interface Layer {
  readonly code: string;
  readonly name: string;
  readonly source: string;
  readonly licence: string;
  readonly as_of: string;
  readonly note: string;
  readonly stand_in: boolean;
  readonly version: number;
  readonly points: number;
  readonly people: number;
  readonly trades: readonly string[];
  readonly by_hour: boolean;
}

/** A layer of service points with its provenance. */
export interface ServiceLayer {
  readonly code: string;
  readonly name: string;
  readonly source: string;
  readonly licence: string;
  readonly as_of: string;
  readonly version: number;
  readonly points: number;
  readonly with_hours: number;
}

/** A part of a whole; no share where the whole is nobody, and nothing at all of fewer than ten people. */
export interface Share {
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly share: number | null;
}

/** A figure with what it is made of and how. */
export interface Figure extends Share {
  readonly code: string;
  readonly name: string;
  readonly method: string;
  readonly request: string;
}

/** What every answer says of itself. */
export interface Told {
  /** The address that gives this answer again. */
  readonly request: string;
  readonly method: string;
  readonly revision: number;
  readonly demand: Omit<Layer, "points">;
  readonly unit: Unit;
}

/** Who is covered, at an instant or over a span. */
export interface Coverage extends Told {
  readonly figures: readonly Figure[];
  readonly by_district: readonly (Share & {
    readonly adcode: string | null;
    readonly name: string;
    readonly twice: number | null;
  })[];
  readonly by_trade: readonly (Share & {
    readonly trade: string | null;
    readonly name: string;
    readonly twice: number | null;
  })[];
  /** Rows with fewer than ten people, which are not told. */
  readonly suppressed: number;
  readonly area: {
    readonly numerator_km2: number;
    readonly denominator_km2: number;
    readonly share: number | null;
    readonly method: string;
  } | null;
  readonly stations: {
    readonly total: number;
    readonly counted: number;
    /** Of an instant; nothing over days. */
    readonly open: number | null;
    readonly unknown: number | null;
  };
}

/** A stretch of hours in which fewest are covered. */
export interface Dip {
  readonly days: readonly number[];
  readonly from_hour: number;
  readonly to_hour: number;
  readonly share: number | null;
  readonly around: number | null;
}

/** The 168 hours of a week, Monday 0:00 first. */
export interface Timetable extends Told {
  readonly from: string;
  readonly to: string;
  readonly numerator: readonly (number | null)[];
  readonly twice: readonly (number | null)[];
  readonly denominator: readonly (number | null)[];
  readonly share: readonly (number | null)[];
  readonly mean: Share;
  readonly lowest: readonly Dip[];
  readonly sentence: string;
}

/** What is known of a cell. */
export interface Gap {
  readonly cell: string;
  readonly rank: number | null;
  readonly demand: number;
  readonly uncovered: number;
  readonly covered: number;
  readonly hours: number;
  readonly hours_text: string;
  readonly adcode: string | null;
  /** Empty in no district. */
  readonly district: string;
}

/** The cells, as the hexagons that they are. */
export interface Gaps extends Told {
  readonly type: "FeatureCollection";
  readonly features: readonly {
    readonly type: "Feature";
    readonly geometry: {
      readonly type: "Polygon";
      readonly coordinates: readonly (readonly (readonly [number, number])[])[];
    };
    readonly properties: Gap;
  }[];
  /** Cells of fewer than ten people, which are not told. */
  readonly suppressed: { readonly cells: number; readonly people: number };
  /** Cells beyond the limit. */
  readonly left_out: number;
}

/** Hours at one station that would cover more people. */
export interface Extension {
  readonly rank: number;
  readonly station: {
    readonly id: string;
    readonly code: string | null;
    readonly name: string;
    /** The district's code. */
    readonly district: string | null;
    readonly lon: number;
    readonly lat: number;
  };
  readonly kind: string;
  readonly days: readonly number[];
  readonly from_hour: number;
  readonly to_hour: number;
  readonly hours_text: string;
  readonly gain: number;
  readonly added: number;
  readonly people: number;
  readonly opening_hours: number;
}

/** The extensions that cover most, and what comes of all of them together. */
export interface Extensions extends Told {
  readonly items: readonly Extension[];
  readonly before: Share;
  readonly after: Share;
}

/** A hall or counter on the map. */
export interface ServicePoint {
  readonly layer: string;
  readonly layer_name: string;
  readonly name: string;
  readonly address: string;
  readonly phone: string;
  readonly hours_text: string;
  readonly state: "open" | "closed" | "unknown";
}

/** Service points as GeoJSON. */
export interface ServicePoints {
  readonly type: "FeatureCollection";
  readonly features: readonly {
    readonly type: "Feature";
    readonly geometry: { readonly type: "Point"; readonly coordinates: readonly [number, number] };
    readonly properties: ServicePoint;
  }[];
}
