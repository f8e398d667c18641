// The receipt: kept as a picture, or printed. Nothing of it stays in this page's storage.

import { element } from "../element";
import type { Words } from "./words";

const WIDTH = 720;
const HEIGHT = 960;
const MARGIN = 48;
/** The side of the code to scan, with its blank edge. */
const CODE = 300;

/** Lets the buttons of a receipt do their work. */
export function beginSlip(main: HTMLElement, slip: HTMLElement, words: Words): void {
  // The same page in the other language would be an empty form, and the receipt gone.
  document.querySelector("[data-language]")?.remove();
  main.querySelector("[data-print]")?.addEventListener("click", () => print());
  main.querySelector("[data-save]")?.addEventListener("click", () => void save(main, slip, words));
}

/** Draws the receipt, gives it to the browser as a file, and shows it for chats that save no files. */
async function save(main: HTMLElement, slip: HTMLElement, words: Words): Promise<void> {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  draw(canvas, slip, words);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  const place = main.querySelector<HTMLElement>("[data-picture]");
  if (!blob || !place) return;
  const picture = element("img", "");
  picture.src = URL.createObjectURL(blob);
  picture.width = WIDTH;
  picture.height = HEIGHT;
  picture.alt = words.picture;
  const said = element("p", "cap");
  said.setAttribute("role", "status");
  said.textContent = words.saved;
  place.replaceChildren(said, picture);
  const link = element("a", "");
  link.href = picture.src;
  link.download = `${slip.dataset.number ?? "receipt"}.png`;
  link.click();
}

function draw(canvas: HTMLCanvasElement, slip: HTMLElement, words: Words): void {
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = "#12201a";
  const write = (text: string, size: number, y: number) => {
    pen.font = `${size > 30 ? "bold " : ""}${size}px system-ui, sans-serif`;
    pen.fillText(text, MARGIN, y, WIDTH - 2 * MARGIN);
  };
  const groups = (slip.dataset.code ?? "").split(" ");
  write(words.number, 28, 90);
  write(slip.dataset.number ?? "", 64, 160);
  write(words.receipt, 28, 240);
  write(groups.slice(0, 3).join("  "), 56, 310);
  write(groups.slice(3).join("  "), 56, 380);
  write(words.check, 28, 460);
  drawCode(pen, slip);
  const statement = slip.querySelector(".statement");
  [...(statement?.childNodes ?? [])]
    .map((node) => node.textContent?.trim() ?? "")
    .filter((line) => line !== "")
    .forEach((line, n) => {
      write(line, 20, 840 + n * 36);
    });
}

/** The code to scan, from the path that the page shows. */
function drawCode(pen: CanvasRenderingContext2D, slip: HTMLElement): void {
  const picture = slip.querySelector("svg");
  const path = picture?.querySelector("path")?.getAttribute("d");
  const side = picture?.viewBox.baseVal.width;
  if (!path || !side) return;
  pen.save();
  pen.translate(MARGIN, 490);
  pen.scale(CODE / side, CODE / side);
  pen.fill(new Path2D(path));
  pen.restore();
}
