// Pictures are made smaller on the phone: one bar of signal carries them then, and where they were taken never
// leaves the phone.

import type { Kept } from "./draft";

/** The longest side of a picture, in pixels: what is written on a pay slip can still be read. */
const MOST_PX = 2000;
const QUALITY = 0.85;

/** A file as it goes along; one that is no picture, or cannot be drawn, as it is. */
export async function shrunk(file: File): Promise<Kept> {
  if (!file.type.startsWith("image/")) return { name: file.name, blob: file };
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, MOST_PX / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return { name: file.name, blob: blob ?? file };
  } catch {
    return { name: file.name, blob: file };
  }
}
