// A QR code as one path, dark on white in every theme, because cameras read nothing else.

import { encode } from "uqr";

/** Blank modules on each side (ISO/IEC 18004 asks for four). */
const QUIET = 4;

/** The dark modules as a path, and the side of the picture in modules. */
export function pathOf(text: string): { readonly side: number; readonly path: string } {
  const { data, size } = encode(text, { ecc: "M", border: QUIET });
  const rows = data.map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")).join(""));
  return { side: size, path: rows.join("") };
}

/** The picture. */
export function Qr({ text, label }: { text: string; label: string }) {
  const { side, path } = pathOf(text);
  return (
    <svg
      class="b-qr"
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path d={path} />
    </svg>
  );
}
