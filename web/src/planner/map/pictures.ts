// The maps as one picture: title, hour and question above, the legend in it, credits and approval number below.

import { coloursOf } from "../../map/colours";
import { pictureOf } from "../../map/pictures";
import { session } from "../../staff/session";
import { districts } from "../../staff/shell";
import { type Bounds, CLASSES, classWords } from "../classes";
import { headOf, partsOf, timeWords, titleOf } from "../spoken";
import { answers, compared, period, questions, sides, standIn } from "../store";
import { brief, ofWhole, p, percent } from "../words";
import { creditsText } from "./credits";
import { ramp, token } from "./layers";
import { DOORS } from "./legend";
import { boundsShown, open } from "./maps";

/** Sizes in pixels of the page. */
const MARGIN = 16;
const GAP = 4;
const LINE = 20;
const SWATCH = 46;
/** A line over the maps, and the room of each. */
const [TITLE, LEAD, SMALL] = [22, 15, 12];

/** A picture with the name of its file. */
export interface Picture {
  readonly blob: Blob;
  readonly name: string;
}

/** What is written around the maps. */
export interface Written {
  readonly title: string;
  readonly lines: readonly string[];
  /** A title and a figure for each map. */
  readonly heads: readonly (readonly [string, string])[];
  readonly foot: string;
}

/** The words of the picture of what is on view. */
export function written(): Written {
  const city = session.value?.city.name_zh;
  const shown = sides.value.map((which) => questions.value[which]);
  const [first, second] = shown.map((question) =>
    [timeWords(period.value, question.hour), ...partsOf(question)].join(" · "),
  );
  const heads = sides.value.map((which): [string, string] => {
    const { coverage, timetable } = answers[which];
    const known = coverage.known.value;
    const head = headOf(
      questions.value[which],
      known.value,
      known.path === known.of,
      timetable.known.value.value,
      period.value,
    );
    const made = head ? ofWhole(head.numerator, head.denominator, known.value?.unit ?? "people") : "";
    const title = titleOf(which, questions.value, period.value, compared.value);
    return [title, `${percent(head?.share)}  ${made}`];
  });
  const layer = standIn.value ?? answers.a.coverage.known.value.value?.demand;
  return {
    title: [city, p.map.title].filter(Boolean).join(" · "),
    lines: [first, second === first ? undefined : second].filter((line) => line !== undefined),
    heads,
    foot: [
      layer?.stand_in ? p.stand_in.title : layer ? `${p.demand.short}${layer.name} ${layer.source}` : "",
      creditsText(),
    ]
      .filter(Boolean)
      .join(" · "),
  };
}

/** Makes the picture of the maps that are open. */
export async function picture(): Promise<Picture> {
  const maps = sides.value.flatMap((which) => open.get(which)?.picture() ?? []);
  if (maps.length === 0) throw new Error("no map is open");
  const canvas = composed(maps, written(), boundsShown(), await doors());
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("the picture could not be written");
  const name = [districts.length > 0 ? "coverage" : "map", period.value.week, String(questions.value.a.hour)];
  return { blob, name: `${name.join("-")}.png` };
}

/** A door with its word. */
interface Lit {
  readonly drawn: HTMLCanvasElement;
  readonly word: string;
}

/** The doors of the legend. */
async function doors(): Promise<readonly Lit[]> {
  const colours = coloursOf(document.documentElement);
  return Promise.all(
    DOORS.map(async (shape) => {
      const data = await pictureOf(shape, colours);
      const drawn = document.createElement("canvas");
      [drawn.width, drawn.height] = [data.width, data.height];
      drawn.getContext("2d")?.putImageData(data, 0, 0);
      return { drawn, word: p.legend[shape] };
    }),
  );
}

/** The picture, in the pixels of the maps. */
function composed(
  maps: readonly HTMLCanvasElement[],
  words: Written,
  bounds: Bounds,
  lit: readonly Lit[],
): HTMLCanvasElement {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [
    Math.max(...maps.map((m) => m.width)) / ratio,
    Math.max(...maps.map((m) => m.height)) / ratio,
  ];
  const across = width * maps.length + GAP * (maps.length - 1);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  const font = getComputedStyle(document.body).fontFamily;
  const say = (size: number, isBold = false) => {
    context.font = `${isBold ? 700 : 400} ${size}px ${font}`;
  };
  say(SMALL);
  const foot = broken(context, words.foot, across - 2 * MARGIN);
  const lines = words.lines.flatMap((line) => broken(context, line, across - 2 * MARGIN));
  const top = MARGIN + TITLE + 8 + lines.length * LINE + LEAD + 16;
  canvas.width = Math.round(across * ratio);
  canvas.height = Math.round((top + height + foot.length * LINE + MARGIN) * ratio);
  context.scale(ratio, ratio);
  context.fillStyle = token("surface");
  context.fillRect(0, 0, across, canvas.height / ratio);
  context.textBaseline = "top";
  const write = (text: string, x: number, y: number, colour: string) => {
    context.fillStyle = token(colour);
    context.fillText(text, x, y);
  };
  say(TITLE, true);
  write(words.title, MARGIN, MARGIN, "ink");
  say(SMALL);
  lines.forEach((line, i) => {
    write(line, MARGIN, MARGIN + TITLE + 8 + i * LINE, "ink-2");
  });
  maps.forEach((map, i) => {
    const left = i * (width + GAP);
    context.drawImage(map, left, top, width, height);
    const [head, figure] = words.heads[i] ?? ["", ""];
    say(LEAD, true);
    write(`${head}   ${figure}`, left + MARGIN, top - LEAD - 8, i === 0 ? "ink" : "accent");
  });
  legend(context, bounds, lit, [across - MARGIN, top + height - MARGIN], say, write);
  say(SMALL);
  foot.forEach((line, i) => {
    write(line, MARGIN, top + height + 6 + i * LINE, "ink-2");
  });
  return canvas;
}

/** A text in lines that are no wider than the room. */
function broken(context: CanvasRenderingContext2D, text: string, room: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const part of text.split(/(?<=[ 、，。；·])/)) {
    if (line && context.measureText(line + part).width > room) {
      lines.push(line);
      line = "";
    }
    line += part;
  }
  return line ? [...lines, line] : lines;
}

type Write = (text: string, x: number, y: number, colour: string) => void;

/** The classes and the doors, in a box whose lower right corner is given. */
function legend(
  context: CanvasRenderingContext2D,
  bounds: Bounds,
  lit: readonly Lit[],
  [right, bottom]: readonly [number, number],
  say: (size: number, isBold?: boolean) => void,
  write: Write,
): void {
  const [wide, high] = [SWATCH * (CLASSES + 1) + 24, 88];
  const [left, top] = [right - wide, bottom - high];
  context.fillStyle = token("surface");
  context.beginPath();
  context.roundRect(left, top, wide, high, 10);
  context.fill();
  say(SMALL);
  const unit = answers.a.gaps.known.value.value?.unit;
  write(unit === "person_hours" ? p.legend.title_hours : p.legend.title, left + 12, top + 8, "ink");
  [...ramp(), token("tint")].forEach((colour, i) => {
    const x = left + 12 + i * SWATCH;
    context.fillStyle = colour;
    context.fillRect(x, top + 26, SWATCH, 12);
    if (i === CLASSES) {
      context.strokeStyle = token("accent");
      context.strokeRect(x + 0.5, top + 26.5, SWATCH - 1, 11);
    }
    const text = i === CLASSES ? p.legend.covered : classWords(bounds, i + 1, brief);
    const inset = Math.max(0, (SWATCH - context.measureText(text).width) / 2);
    write(text, x + inset, top + 42, "ink");
  });
  let x = left + 10;
  for (const { drawn, word } of lit) {
    context.drawImage(drawn, x, top + 60, 20, 20);
    write(word, x + 22, top + 64, "ink");
    x += 34 + context.measureText(word).width;
  }
}
