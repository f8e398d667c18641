// @vitest-environment happy-dom

import { beforeEach, expect, test } from "vitest";
import { parseFragment, swap } from "../src/fragment";

const NEXT = `<main data-title="北戴河区，您附近 · 驿站">
  <header data-part="top"><h1>北戴河区</h1></header>
  <section data-part="map">from the server</section>
  <nav data-part="chips"><a href="/1">现在开放</a><a href="/2b">热饭</a></nav>
  <div data-part="answer"><p>new</p></div>
</main>`;

function main(): HTMLElement {
  document.body.innerHTML = `<main>
    <header data-part="top"><h1>old</h1></header>
    <section data-part="map"><canvas></canvas></section>
    <nav data-part="chips"><a href="/1">现在开放</a><a href="/2a">热饭</a></nav>
    <div data-part="answer" tabindex="-1"><p>old</p></div>
  </main>`;
  return document.querySelector("main") as HTMLElement;
}

beforeEach(() => {
  document.title = "old";
});

test("every part is replaced but the map", () => {
  const page = main();
  swap(page, parseFragment(NEXT), ["map"]);
  expect(page.querySelector("h1")?.textContent).toBe("北戴河区");
  expect(page.querySelector('[data-part="answer"]')?.textContent).toBe("new");
  expect(page.querySelector("canvas")).not.toBeNull();
  expect(document.title).toBe("北戴河区，您附近 · 驿站");
});

test("the chip that was touched keeps the focus", () => {
  const page = main();
  page.querySelector<HTMLElement>('a[href="/2a"]')?.focus();
  swap(page, parseFragment(NEXT), ["map"]);
  expect(document.activeElement?.getAttribute("href")).toBe("/2b");
});

test("an answer without a main part is refused", () => {
  expect(() => parseFragment("<p>maintenance</p>")).toThrow("no main part");
});

test("a part that only one of the two pages has comes and goes", () => {
  const page = main();
  const list = parseFragment(
    NEXT.replace("<div data-part=", '<section data-part="when">at</section><div data-part='),
  );
  swap(page, list, ["map"]);
  const names = () => [...page.children].map((part) => part.getAttribute("data-part"));
  expect(names()).toEqual(["top", "map", "chips", "when", "answer"]);
  swap(page, parseFragment(NEXT), ["map"]);
  expect(names()).toEqual(["top", "map", "chips", "answer"]);
});
