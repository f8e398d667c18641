// @vitest-environment happy-dom
// Questions as a slider puts them: few go out, the last answer wins, what was known stays until something newer is.

import { expect, test } from "vitest";
import { Asked, stateOf } from "../../src/planner/asked";
import { Refusal } from "../../src/staff/http";

/** A service whose answers are given by hand, and a clock that is moved by hand. */
function stage() {
  let now = 0;
  let due: { run: () => void; at: number }[] = [];
  const open: {
    path: string;
    signal: AbortSignal;
    give: (value: string) => void;
    fail: (cause: Error) => void;
  }[] = [];
  const asked = new Asked<string>(
    (path, signal) =>
      new Promise((resolve, reject) => {
        open.push({ path, signal, give: (value) => resolve({ value, isOld: false }), fail: reject });
      }),
    { now: () => now, later: (run, wait_ms) => due.push({ run, at: now + wait_ms }) },
  );
  const pass = (ms: number) => {
    now += ms;
    const ready = due.filter(({ at }) => at <= now);
    due = due.filter(({ at }) => at > now);
    for (const { run } of ready) run();
  };
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return { asked, open, pass, settle };
}

test("a hundred questions in a second become few, and the last one is among them", () => {
  const { asked, open, pass } = stage();
  for (let i = 0; i < 100; i++) {
    asked.want(`/${i}`);
    pass(10);
  }
  pass(200);
  expect(open.length).toBeLessThan(12);
  expect(open.at(-1)?.path).toBe("/99");
  expect(open.slice(0, -1).every(({ signal }) => signal.aborted)).toBe(true);
});

test("an answer that comes late does not replace a newer one", async () => {
  const { asked, open, pass, settle } = stage();
  asked.want("/old");
  pass(1);
  asked.want("/new");
  pass(200);
  open[1]?.give("new");
  await settle();
  open[0]?.give("old");
  await settle();
  expect(asked.known.value).toMatchObject({ value: "new", of: "/new", busy: false });
});

test("while something newer is asked the old stays, and going back asks nothing", async () => {
  const { asked, open, pass, settle } = stage();
  asked.want("/one");
  pass(1);
  open[0]?.give("one");
  await settle();
  asked.want("/two");
  expect(asked.known.value).toMatchObject({ value: "one", busy: true });
  expect(stateOf(asked.known.value)).toBe("loading");
  asked.want("/one");
  pass(500);
  expect(open.length).toBe(1);
  expect(stateOf(asked.known.value)).toBe("fresh");
});

test("a failure leaves what was known, as old, and can be tried again", async () => {
  const { asked, open, pass, settle } = stage();
  asked.want("/one");
  pass(1);
  open[0]?.fail(new Refusal(0, "unreachable", ""));
  await settle();
  expect(stateOf(asked.known.value)).toBe("failed");
  asked.again();
  pass(500);
  open[1]?.give("one");
  await settle();
  expect(stateOf(asked.known.value)).toBe("fresh");
  asked.want("/two");
  pass(500);
  open[2]?.fail(new Refusal(500, "fault", ""));
  await settle();
  expect(asked.known.value.value).toBe("one");
  expect(stateOf(asked.known.value)).toBe("stale");
});

test("what is no longer shown is no longer asked", async () => {
  const { asked, open, pass, settle } = stage();
  asked.want("/one");
  pass(1);
  asked.want(undefined);
  expect(open[0]?.signal.aborted).toBe(true);
  open[0]?.give("one");
  await settle();
  expect(asked.known.value.value).toBeUndefined();
  expect(stateOf(asked.known.value)).toBe("empty");
});
