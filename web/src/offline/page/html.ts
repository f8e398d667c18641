// Markup in which every value is escaped, unless it is markup itself.

const ESCAPED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Markup made by `html` and by nothing else. */
export class Markup {
  readonly text: string;

  private constructor(text: string) {
    this.text = text;
  }

  /** A template whose values are escaped; line breaks with their indentation are only for whoever reads it. */
  static of(parts: TemplateStringsArray, ...values: readonly Piece[]): Markup {
    const fixed = parts.map((part) => part.replace(/\n\s*/g, ""));
    return new Markup(fixed.map((part, i) => part + written(values[i])).join(""));
  }
}

/** What stands in a gap of a template; nothing and `false` leave it empty. */
export type Piece = Markup | string | number | false | null | undefined | readonly Piece[];

/** Markup from a template. */
export const html = Markup.of;

/** An attribute, left out where it has no value. */
export function attribute(name: "data-far" | "data-lon" | "data-lat" | "data-adcode", value?: string): Piece {
  if (value === undefined) return undefined;
  if (name === "data-far") return html` data-far="${value}"`;
  if (name === "data-lon") return html` data-lon="${value}"`;
  return name === "data-lat" ? html` data-lat="${value}"` : html` data-adcode="${value}"`;
}

function written(piece: Piece): string {
  if (piece instanceof Markup) return piece.text;
  if (Array.isArray(piece)) return piece.map(written).join("");
  if (piece === undefined || piece === null || piece === false) return "";
  return String(piece).replace(/[&<>"']/g, (sign) => ESCAPED[sign] ?? "");
}
