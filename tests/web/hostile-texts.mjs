// Texts that would run where a page took them for markup, and what to look for on a page that shows them.

import assert from "node:assert/strict";

/** Texts that would run where a page took them for markup, an address, a style or a script. */
export const CORPUS = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(2)>",
  "\"><svg onload=alert(3)>",
  "' onmouseover='alert(4)' x='",
  "javascript:alert(5)",
  "</title><script>alert(6)</script>",
  "</textarea><script>alert(7)</script>",
  "<iframe srcdoc='<script>alert(8)</script>'></iframe>",
  "{{constructor.constructor('alert(9)')()}}",
  "${alert(10)}",
  "<a href=\"javascript:alert(11)\">x</a>",
  "<math><mtext><table><mglyph><style><img src onerror=alert(12)>",
  "&lt;script&gt;alert(13)&lt;/script&gt;",
  "\\u003cscript\\u003ealert(14)\\u003c/script\\u003e",
  "<style>*{background:url(javascript:alert(15))}</style>",
  "<details open ontoggle=alert(16)>",
  "=HYPERLINK(\"javascript:alert(17)\")",
  "<!--<img src=\"--><img src=x onerror=alert(18)//\">",
];

/** Fails if anything ran, was refused by the policy, or became an element that could run. */
export async function harmless(page, where) {
  const found = await page.evaluate(() => {
    const handlers = ["onerror", "onload", "onmouseover", "ontoggle", "onclick", "srcdoc"];
    const armed = [...document.querySelectorAll("*")].filter((one) => handlers.some((name) => one.hasAttribute(name)));
    const links = [...document.querySelectorAll("[href], [src]")].filter((one) =>
      /^\s*javascript:/i.test(one.getAttribute("href") ?? one.getAttribute("src") ?? ""),
    );
    return [...armed, ...links].map((one) => one.outerHTML.slice(0, 120));
  });
  assert.deepEqual(found, [], where);
  assert.deepEqual(page.ran, [], where);
}

/** Notices every dialog that a page opens. */
export function watched(page) {
  page.ran = [];
  page.on("dialog", (dialog) => {
    page.ran.push(dialog.message());
    void dialog.dismiss();
  });
  return page;
}
