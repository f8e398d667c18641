// @vitest-environment happy-dom
// Signing out takes what this browser holds with it, and says so where it could not.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { change, drafts, NEW } from "../../src/staff/editor/drafts";
import { leave } from "../../src/staff/leave";
import type { Session } from "../../src/staff/person";
import { session } from "../../src/staff/session";
import { w } from "../../src/staff/words";

const SIGNED_IN = { login: "clerk" } as unknown as Session;
const said: string[] = [];

function answering(answer: () => Promise<Response>): void {
  vi.stubGlobal("fetch", vi.fn(answer));
}

beforeEach(() => {
  said.length = 0;
  vi.stubGlobal("alert", (words: string) => said.push(words));
  // A browser that keeps nothing, such as a private window.
  vi.stubGlobal("indexedDB", {
    open: () => {
      throw new Error("nothing is kept here");
    },
  });
  session.value = SIGNED_IN;
  change(NEW, undefined, { name: "没存的驿站" });
});
afterEach(() => vi.unstubAllGlobals());

test("whoever signs out leaves nothing behind, also where the session was over before", async () => {
  for (const status of [204, 401]) {
    session.value = SIGNED_IN;
    change(NEW, undefined, { name: "没存的驿站" });
    answering(async () => new Response(null, { status }));
    await leave("/planner");
    expect([session.value, drafts.value.size, location.pathname, said]).toEqual([null, 0, "/planner", []]);
  }
});

test("without a network one is told that one is signed in still, and nothing is lost", async () => {
  answering(() => Promise.reject(new TypeError("no network")));
  await leave("/planner");
  expect([session.value, drafts.value.size, said]).toEqual([SIGNED_IN, 1, [w.nav.leave_failed]]);
});
