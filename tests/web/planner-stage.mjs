// A server with planners and auditors, and what the stories of their page share.

import { randomUUID } from "node:crypto";
import { PEOPLE, staffStage } from "./staff-stage.mjs";

/** The desk that the page was drawn for. */
export const DESK = { width: 1440, height: 900 };
/** The hour of the week at which the clock of the tests stands: Tuesday 10:00. */
export const NOW_HOUR = 34;

/** The stage of one file of tests. */
export function plannerStage(options = {}) {
  const stage = staffStage({
    people: { ...PEOPLE, planner: ["王规划", "planner", ""], part: ["海港规划", "planner", "130302"] },
    ...options,
  });
  /** Opens the plan as one of the people, and waits until everything on it is drawn. */
  stage.plan = async (path = "/planner", { login = "planner", ...options } = {}) => {
    const page = await stage.as(login, "/staff", { viewport: DESK, ...options });
    await page.goto(stage.origin + path);
    await settled(page);
    return page;
  };
  /** Reads the interface as whoever is signed in on a page. */
  stage.read = async (page, path) => {
    const { status, body } = await stage.api(page, "GET", path);
    if (status !== 200) throw new Error(`${path} ${status} ${JSON.stringify(body)}`);
    return body;
  };
  /** Brings a layer through the interface. */
  stage.bring = async (page, path, name, text, options) => {
    const multipart = {
      options: JSON.stringify(options),
      file: { name, mimeType: "application/octet-stream", buffer: Buffer.from(text) },
    };
    const headers = { origin: stage.origin, "idempotency-key": randomUUID() };
    const response = await page.context().request.post(stage.origin + path, { multipart, headers });
    if (!response.ok()) throw new Error(`${path} ${response.status()} ${await response.text()}`);
    return response.json();
  };
  return stage;
}

/** Waits until nothing is under way and every map has drawn what the newest answer holds. */
export function settled(page) {
  return page.waitForFunction(
    () => {
      const maps = [...document.querySelectorAll(".pane .map")];
      const isCalm = !document.querySelector("[aria-busy=true], .loading, .figs-loading");
      return maps.length > 0 && isCalm && maps.every(({ dataset }) => dataset.drawn === "yes");
    },
    undefined,
    { timeout: 60_000 },
  );
}

/** What a map says of itself: cells of each class, uncovered people, the request it shows. */
export function mapOf(page, side = "a") {
  return page.locator(`.pane[data-side=${side}] .map`).evaluate(({ dataset }) => ({ ...dataset }));
}

/** A figure of the panel: what stands in its row. */
export async function figureOf(page, code) {
  return (await page.locator(`[data-figure=${code}]`).innerText()).replace(/\s+/g, " ");
}

/** A number with thousands apart, as the page writes it. */
export const grouped = (number) => number.toLocaleString("en-US");

/** A share as the page writes it. */
export const percent = (share) => `${(share * 100).toFixed(1)}%`;
