// Reading a QR code through the camera: by the browser where it can, else by a decoder that is fetched only then.

import { scannedCode } from "./code";

/** What the browser offers, as far as it is used here. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** Reads what is in a picture of the video; nothing where no code is in it. */
type Read = (video: HTMLVideoElement) => Promise<string | undefined>;

/** How long between two looks, in milliseconds. */
const LOOK_MS = 150;
/** The longer side of a picture that the decoder is given, in pixels. */
const SIDE = 640;

async function nativeRead(): Promise<Read | undefined> {
  const found = (globalThis as unknown as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const formats = await found?.getSupportedFormats().catch((): string[] => []);
  if (!found || !formats?.includes("qr_code")) return undefined;
  const detector = new found({ formats: ["qr_code"] });
  return async (video) => (await detector.detect(video))[0]?.rawValue;
}

async function decoderRead(): Promise<Read> {
  const { default: decode } = await import("jsqr");
  const canvas = document.createElement("canvas");
  return async (video) => {
    const scale = Math.min(1, SIDE / Math.max(video.videoWidth, video.videoHeight, 1));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context || canvas.width === 0 || canvas.height === 0) return undefined;
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const picture = context.getImageData(0, 0, canvas.width, canvas.height);
    return decode(picture.data, picture.width, picture.height)?.data;
  };
}

/** Whether there may be a camera. */
export function hasCamera(): boolean {
  return Boolean(navigator.mediaDevices?.getUserMedia);
}

/**
 * Looks through the camera until a code is found or `signal` ends it, and gives the code. The camera is let go in
 * either case. Fails where there is no camera, or where it is refused.
 */
export async function scan(video: HTMLVideoElement, signal: AbortSignal): Promise<string | undefined> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: "environment" },
    audio: false,
  });
  try {
    video.srcObject = stream;
    await video.play();
    const read = (await nativeRead()) ?? (await decoderRead());
    while (!signal.aborted) {
      const text = await read(video).catch(() => undefined);
      const code = text && scannedCode(text);
      if (code) return code;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    return undefined;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}
