// Pictures for the stations of the tiles, painted in the page's colours when they are first needed: the bare door
// of each state, and the ring of a cluster whose pine part is the share that is open.

import type { Map as MapLibre } from "maplibre-gl";
import { DOOR_SHAPES } from "../door";
import { element } from "../element";
import type { Colours } from "./colours";

/** Parts that a ring is divided into, and the widths of its sizes in pixels. */
export const RING_STEPS = 24;
export const RING_SIZES = [40, 48, 58];
const RING_PX = 4.5;
const DOOR_PX = 22;
/** The edge of a ring: how far outside, and how dark. */
const SOFT: [number, number][] = [
  [2.5, 0.05],
  [1.5, 0.12],
];
/** Pixels of a picture for each pixel of the page. */
const RATIO = 2;

/** Paints every picture that the style names as `door:state:look` or `ring:steps:size:look`. */
export async function givePictures(map: MapLibre, colours: () => Colours): Promise<void> {
  const doors = new Map<string, HTMLImageElement>();
  await Promise.all(DOOR_SHAPES.map(async (shape) => doors.set(shape, await maskOf(shape))));
  let last = Promise.resolve();
  map.setMissingStyleImageResolver(async (id) => {
    // One after the other, so that many at once do not hold the page up.
    last = last.then(() => new Promise((resolve) => setTimeout(resolve)));
    await last;
    const [kind, first = "", second = ""] = id.split(":");
    const shape = doors.get(first);
    if (kind === "ring") add(map, id, ring(Number(first), Number(second), colours()));
    else if (shape) add(map, id, door(first, shape, colours()));
  });
}

/** The bare door of a state, for a picture of the map. */
export async function pictureOf(shape: string, colours: Colours): Promise<ImageData> {
  return door(shape, await maskOf(shape), colours);
}

function add(map: MapLibre, id: string, picture: ImageData): void {
  if (!map.hasImage(id)) map.addImage(id, picture, { pixelRatio: RATIO });
}

/** The shape of a door as the style sheet has it, so that it is drawn in one place only. */
async function maskOf(shape: string): Promise<HTMLImageElement> {
  const probe = element("i", `door ${shape}`);
  document.body.append(probe);
  const mask = getComputedStyle(probe).getPropertyValue("--i").trim();
  probe.remove();
  const image = new Image();
  // A picture without a size of its own cannot be painted on a canvas everywhere.
  image.src = mask
    .replace(/^url\(["']?|["']?\)$/g, "")
    .replace("viewBox=", "width='24' height='24' viewBox=");
  await image.decode().catch(() => undefined);
  return image;
}

function canvas(px: number): CanvasRenderingContext2D {
  const made = document.createElement("canvas");
  made.width = px * RATIO;
  made.height = px * RATIO;
  // They are read back, so they are painted where that is cheap.
  const context = made.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
  context.scale(RATIO, RATIO);
  return context;
}

function finished(context: CanvasRenderingContext2D): ImageData {
  return context.getImageData(0, 0, context.canvas.width, context.canvas.height);
}

/** A ring: its pine part begins at the top and runs with the clock. */
function ring(steps: number, size: number, colours: Colours): ImageData {
  const outer = RING_SIZES[size] ?? RING_PX;
  const [px, middle, radius] = [outer + 6, (outer + 6) / 2, outer / 2 - RING_PX / 2];
  const context = canvas(px);
  const top = -Math.PI / 2;
  const arc = (from: number, to: number, width: number, colour: string, r = radius) => {
    context.beginPath();
    context.arc(middle, middle, r, from, to);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  };
  // A soft edge below, without a shadow: blurring is slow on a slow phone.
  for (const [wider, share] of SOFT) arc(0, 2 * Math.PI, 1, `rgb(18 32 26 / ${share})`, outer / 2 + wider);
  context.beginPath();
  context.arc(middle, middle, outer / 2, 0, 2 * Math.PI);
  context.fillStyle = colours.plate;
  context.fill();
  const end = top + (2 * Math.PI * steps) / RING_STEPS;
  arc(end, top + 2 * Math.PI, RING_PX, colours.unlit);
  if (steps > 0) arc(top, end, RING_PX, colours.lit);
  arc(0, 2 * Math.PI, 1, colours.edge, outer / 2 + 0.5);
  return finished(context);
}

/** A door without its plate, outlined by the plate's colour so that it stands out from any ground. */
function door(state: string, shape: HTMLImageElement, colours: Colours): ImageData {
  const [px, at] = [DOOR_PX + 8, 4];
  const tinted = tint(shape, colours.doors[state] ?? colours.ink);
  const outline = canvas(px);
  outline.drawImage(shape, at, at, DOOR_PX, DOOR_PX);
  fillBehind(outline, at);
  outline.globalCompositeOperation = "source-in";
  outline.fillStyle = colours.plate;
  outline.fillRect(0, 0, px, px);
  const context = canvas(px);
  for (let turn = 0; turn < 16; turn++) {
    const angle = (turn * Math.PI) / 8;
    context.drawImage(outline.canvas, 2.2 * Math.cos(angle), 2.2 * Math.sin(angle), px, px);
  }
  context.drawImage(outline.canvas, 0, 0, px, px);
  if (state === "open" || state === "soon") lamp(context, state, at, colours.lamp);
  context.drawImage(tinted.canvas, at, at, DOOR_PX, DOOR_PX);
  return finished(context);
}

/** The whole arch of a door, so that its opening is covered too. */
function fillBehind(context: CanvasRenderingContext2D, at: number): void {
  const unit = DOOR_PX / 24;
  context.beginPath();
  context.arc(at + 12 * unit, at + 11 * unit, 9 * unit, Math.PI, 2 * Math.PI);
  context.lineTo(at + 21 * unit, at + 22.5 * unit);
  context.lineTo(at + 3 * unit, at + 22.5 * unit);
  context.fill();
}

function tint(shape: HTMLImageElement, colour: string): CanvasRenderingContext2D {
  const context = canvas(DOOR_PX);
  context.drawImage(shape, 0, 0, DOOR_PX, DOOR_PX);
  context.globalCompositeOperation = "source-in";
  context.fillStyle = colour;
  context.fillRect(0, 0, DOOR_PX, DOOR_PX);
  return context;
}

/** The light inside; a door that closes soon is lit on one side. */
function lamp(context: CanvasRenderingContext2D, state: string, at: number, colour: string): void {
  const unit = DOOR_PX / 24;
  const left = at + (state === "soon" ? 12 : 7) * unit;
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(left, at + 7 * unit, at + 17 * unit - left, 15 * unit, [5 * unit, 5 * unit, 1, 1]);
  context.fill();
}
