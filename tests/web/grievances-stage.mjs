// A server with the people of the grievance centre, and what a worker does without a page: filing and following.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { PEOPLE, staffStage } from "./staff-stage.mjs";

/** The people: login, name, role, and where. */
export const OFFICE = {
  ...PEOPLE,
  intake: ["周受理", "intake", "1303"],
  second: ["吴受理", "intake", "1303"],
  handler: ["张承办", "handler", ""],
  helper: ["王协办", "handler", ""],
  supervisor: ["李督办", "supervisor", "1303"],
  caller: ["陈回访", "caller", "1303"],
  custodian: ["郑保管", "custodian", ""],
};

/** A picture of one red point. */
export const PHOTO = {
  name: "门口.png",
  mimeType: "image/png",
  buffer: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC",
    "base64",
  ),
};

/** What a worker says unless a test says otherwise. */
const SAID = {
  kind: "appeal",
  channel: "web",
  category: "rest",
  text: "站点要求连着跑 6 个小时不让歇",
  identity: "named",
  contact: { name: "王小二", phone: "13812345678" },
  district: "130302",
  publish: true,
};

/** The stage of one file of tests. */
export function grievanceStage(options = {}) {
  const stage = staffStage({ people: OFFICE, ...options });
  const post = async (path, body, headers = {}) => {
    const response = await fetch(`${stage.origin}/api/v1/grievances${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", "accept-language": "zh-CN", ...headers },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    assert.ok(response.ok, `${path} ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  /** Files a case as a worker does, and gives number and receipt. */
  stage.file = (said = {}) => post("", { ...SAID, ...said }, { "idempotency-key": randomUUID() });
  /** Writes to the union by number and receipt. */
  stage.write = ({ number, receipt }, text) =>
    post("/track/messages", { number, receipt, text }, { "idempotency-key": randomUUID() });
  /** Follows a case by number and receipt. */
  stage.track = ({ number, receipt }) => post("/track", { number, receipt });
  /** Opens a case as one of the people. */
  stage.opened = async (login, { number }, options = {}) => {
    const page = await stage.as(login, "/grievances?view=everything", options);
    await page.getByRole("link", { name: number }).click();
    await page.locator("h1", { hasText: number }).waitFor();
    return page;
  };
  return stage;
}

/** Presses the button of an action, and gives the dialog that it opens. */
export async function begin(page, word) {
  await page.locator(".actions").getByRole("button", { name: word, exact: true }).click();
  return page.getByRole("dialog");
}

/** Sends what stands in a dialog. */
export async function send(page, dialog, word) {
  await dialog.getByRole("button", { name: word, exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

/** Waits until a case stands so. */
export async function stands(page, word) {
  await page.locator(".head .stage", { hasText: word }).waitFor();
}
