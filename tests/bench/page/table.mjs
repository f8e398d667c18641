// The table "Page": medians, goals, and whether they hold.

const TITLE = "## Page";

/** The columns: a name, the figure of an audit, how it is written, and what it has to be. */
const COLUMNS = [
  ["performance", "performance", whole, (v) => v >= 90, "≥ 90"],
  ["accessibility", "accessibility", whole, (v) => v === 100, "100"],
  ["best practices", "practices", whole],
  ["SEO", "seo", whole],
  ["LCP, s", "lcp_s", (v) => v.toFixed(2), (v) => v < 2.5, "< 2.5"],
  ["CLS", "cls", (v) => v.toFixed(3), (v) => v < 0.0005, "0"],
  ["TBT, ms", "tbt_ms", whole],
  ["first screen, KB", "first_kb", (v) => v.toFixed(1), (v) => v <= 60, "≤ 60"],
];
const MOST_MAP_KB = 450;

function whole(value) {
  return value.toFixed(0);
}

/** The middle one of some figures. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** The table of all pages, and what is missed. `found` holds the audits of each page. */
export function table(found, map_kb) {
  const missed = [];
  const rows = [...found].map(([name, audits]) => {
    const cells = COLUMNS.map(([title, key, write, holds]) => {
      const value = median(audits.map((audit) => audit[key]));
      if (!holds || holds(value)) return write(value);
      missed.push(`${name}: ${title} ${write(value)}`);
      return `**${write(value)}**`;
    });
    return [name, ...cells, [...new Set(audits.flatMap((audit) => audit.failed))].sort().join(", ")];
  });
  if (map_kb > MOST_MAP_KB) missed.push(`map chunk ${map_kb.toFixed(0)} KB`);
  const head = ["page", ...COLUMNS.map(([title]) => title), "below 0.9 in a run"];
  const goals = ["goal", ...COLUMNS.map(([, , , , goal]) => goal ?? ""), ""];
  const lines = [head, head.map(() => "---"), ...rows, goals].map((cells) => `| ${cells.join(" | ")} |`);
  const map = `The map comes after the first screen: ${map_kb.toFixed(0)} KB with its worker in brotli (goal ≤ ${MOST_MAP_KB} KB).`;
  const verdict = missed.length === 0 ? "Every goal holds." : `Goals that do not hold: ${missed.join("; ")}.`;
  return `${lines.join("\n")}\n\n${map} ${verdict}`;
}

/** The section with what was measured and how. */
export function section({ day, commit, build, machine, load, runs }, table) {
  return `${TITLE}

${day}, commit ${commit}, ${build} build, ${machine}, load average ${load} before the run.

Lighthouse 12.8, mobile, simulated throttling: 1.6 Mbit/s, 150 ms of round trip, a processor four times slower. Medians of ${runs} interleaved runs on the demonstration, every one with an empty cache. First screen: all bytes over the wire but those of the map and its tiles. The audit "is-crawlable" is left out, because invented stations and lists around a position ask not to be indexed.

${table}
`;
}

/** A file of results with this section in place of the old one, or after all others. */
export function within(results, section) {
  const begin = results.indexOf(`\n${TITLE}\n`);
  if (begin < 0) return `${results.trimEnd()}\n\n${section}`;
  const next = results.indexOf("\n## ", begin + 1);
  const rest = next < 0 ? "" : results.slice(next);
  return `${results.slice(0, begin + 1)}${section}${rest}`;
}
