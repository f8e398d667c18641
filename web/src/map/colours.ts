// The colours and sizes of the map, read from the page's tokens: light, dark, high contrast, large type.

import { isPageDark, isPageHigh } from "../look";

/** What a map is drawn with. */
export interface Colours {
  /** Tells one look from another, for pictures that are drawn in it. */
  readonly key: string;
  readonly isDark: boolean;
  readonly isHigh: boolean;
  /** How much larger letters are than usual. */
  readonly scale: number;
  /** Fonts of the page, the first choice first. */
  readonly fonts: readonly string[];
  readonly land: string;
  readonly outside: string;
  readonly sea: string;
  readonly shore: string;
  readonly coast: string;
  readonly river: string;
  readonly border: string;
  readonly casing: string;
  readonly label: string;
  readonly calmLabel: string;
  readonly waterLabel: string;
  readonly halo: string;
  readonly ink: string;
  readonly quiet: string;
  readonly plate: string;
  readonly edge: string;
  /** The pine of a ring, and of the figure in it. */
  readonly lit: string;
  readonly litText: string;
  readonly unlit: string;
  readonly lamp: string;
  /** The frame of a door by its shape. */
  readonly doors: Readonly<Record<string, string>>;
  readonly park: string;
  readonly road: string;
  readonly roadEdge: string;
  readonly building: string;
}

/** Reads the colours in force. */
export function coloursOf(root: HTMLElement): Colours {
  const style = getComputedStyle(root);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const { size } = root.dataset;
  const [isDark, isHigh] = [isPageDark(root), isPageHigh(root)];
  const [land, sea, ink, river] = [token("land"), token("sea"), token("ink"), token("river")];
  const [label, border] = isHigh ? [ink, token("ink")] : [token("label"), token("border")];
  return {
    key: [isDark ? "dark" : "light", isHigh ? "high" : "calm", size === "large" ? "large" : "usual"].join(
      "-",
    ),
    isDark,
    isHigh,
    scale: size === "large" ? 1.25 : 1,
    fonts: style.fontFamily.split(",").map((name) => name.trim().replace(/^["']|["']$/g, "")),
    land,
    outside: mix(land, token("land-2"), isHigh ? 0 : 0.6),
    sea,
    shore: mix(sea, isDark ? river : "#ffffff", isDark ? 0.9 : 0.55),
    coast: isHigh ? ink : mix(sea, ink, isDark ? 0.28 : 0.3),
    river: isHigh ? mix(river, ink, 0.4) : river,
    border,
    casing: mix(border, land, isHigh ? 1 : 0.72),
    label,
    calmLabel: isHigh ? ink : mix(label, land, 0.22),
    waterLabel: isHigh ? ink : mix(sea, ink, isDark ? 0.5 : 0.58),
    halo: isHigh ? token("halo") : land,
    ink,
    quiet: token("ink-2"),
    plate: token("plate"),
    edge: isDark || isHigh ? token("line-strong") : mix(land, ink, 0.14),
    lit: token("frame-open"),
    litText: token("open"),
    unlit: isDark ? mix(token("plate"), token("closed"), 0.45) : mix("#ffffff", token("closed"), 0.32),
    lamp: token("lamp"),
    doors: {
      open: token("frame-open"),
      soon: token("frame-soon"),
      closed: token("closed"),
      notice: token("notice"),
      suspended: token("suspended"),
      unknown: token("unknown"),
    },
    park: token("park"),
    road: token("road"),
    roadEdge: isHigh ? token("ink-2") : mix(token("road-edge"), ink, isDark ? 0 : 0.07),
    building: mix(land, token("road-edge"), isDark ? 0.5 : 0.42),
  };
}

/** A colour between two, both as `#rrggbb` or `#rgb`: `share` of the second. */
export function mix(first: string, second: string, share: number): string {
  const [from, to] = [channels(first), channels(second)];
  const between = from.map((value, i) => Math.round(value + ((to[i] ?? value) - value) * share));
  return `#${between.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

function channels(colour: string): number[] {
  const digits = colour.replace("#", "");
  const whole = digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits;
  return [0, 2, 4].map((at) => Number.parseInt(whole.slice(at, at + 2), 16) || 0);
}
