// What a phone keeps for its owner: places under a name, and that its positions are off.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as web from "./harness.mjs";

const NEAR = "/?lat=39.835&lon=119.489";

const stage = web.stage();
const open = (path, options) => stage.open(path, { hasMap: false, ...options });
const { close } = stage;

test("a place is kept under a name, is one tap away, and is forgotten", async () => {
  const page = await open(NEAR);
  await web.scripted(page);
  const sent = [];
  page.on("request", async (request) => {
    sent.push(decodeURIComponent(request.url()), request.postData() ?? "", JSON.stringify(await request.allHeaders()));
  });
  const before = await web.listed(page);
  await page.getByRole("button", { name: "常来这里？记在手机上" }).click();
  const name = page.getByLabel("给这里起个名字");
  assert.equal(await name.inputValue(), "北戴河区", "a name is proposed");
  await page.keyboard.type("三号路口");
  await page.getByRole("button", { name: "记住" }).click();
  await page.getByText("记住了。").waitFor();

  await page.getByRole("link", { name: "换个地方" }).click();
  await page.getByRole("heading", { name: "常去的地方" }).waitFor();
  await page.reload();
  const kept = page.getByRole("button", { name: "三号路口", exact: true });
  await kept.waitFor();
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "beats");
  await kept.click();
  await page.waitForSelector(".row.first");
  assert.deepEqual(await web.listed(page), before);
  assert.equal(page.url(), `${stage.origin}/`);

  const kinds = await page.evaluate(() => [localStorage.getItem("beat"), JSON.stringify(sessionStorage), document.cookie]);
  assert.ok(kinds[0].includes("三号路口") && !kinds[1].includes("三号路口") && !kinds[2].includes("beat"));
  assert.ok(sent.length > 5 && !sent.some((text) => text.includes("三号路口")), "the name stays on the phone");

  await page.getByRole("link", { name: "换个地方" }).click();
  await page.getByRole("button", { name: "删掉 三号路口" }).click();
  assert.equal(await page.getByRole("heading", { name: "常去的地方" }).count(), 0);
  await page.reload();
  await web.scripted(page);
  assert.equal(await kept.count(), 0);
  await close(page);
});

test("five places are kept, and the oldest makes room", async () => {
  const page = await open("/");
  await web.scripted(page);
  await page.evaluate(() => {
    const kept = [1, 2, 3, 4, 5].map((n) => ({ name: `路口${n}`, lon: 119.489, lat: 39.835 }));
    localStorage.setItem("beat", JSON.stringify([...kept, "nonsense", { name: 7 }]));
  });
  await page.goto(stage.origin + NEAR);
  await page.getByRole("button", { name: "常来这里？记在手机上" }).click();
  await page.keyboard.type("新路口");
  await page.keyboard.press("Enter");
  await page.getByText("记住了。").waitFor();
  await page.getByRole("link", { name: "换个地方" }).click();
  await page.waitForSelector(".beats");
  const names = await page.locator(".beats .quiet").allInnerTexts();
  assert.deepEqual(names.map((name) => name.trim()), ["新路口", "路口1", "路口2", "路口3", "路口4"]);
  await close(page);
});

/** Metres between two places near each other. */
function apart([lon, lat], [otherLon, otherLat]) {
  const east = (otherLon - lon) * Math.cos((lat * Math.PI) / 180);
  return Math.hypot(east, otherLat - lat) * 111_195;
}

test("a phone whose positions are off is corrected once, and the correction can be taken back", async () => {
  const { longitude, latitude } = web.HERE;
  const page = await open("/");
  await web.scripted(page);
  const places = web.placesAsked(page);
  const locate = async () => {
    await page.getByRole("button", { name: "找我附近的" }).click();
    await page.waitForSelector(".row.first");
  };
  const change = async (name) => {
    await page.getByRole("button", { name: "位置不对？" }).click();
    const answer = page.waitForResponse((response) => response.request().headers()["x-fragment"] === "list");
    await page.getByRole("button", { name }).click();
    await answer;
    await page.waitForFunction(() => !document.querySelector("#answer[aria-busy], .off"));
  };
  await locate();
  await page.getByRole("button", { name: "位置不对？" }).click();
  await page.getByText("位置差了几百米？").waitFor();
  assert.deepEqual(await web.flaws(page), []);
  await web.shoot(page, "position-off");
  await page.getByRole("button", { name: "位置不对？" }).click();
  assert.equal(await page.getByText("位置差了几百米？").count(), 0, "a second touch takes the offer away");
  await change("纠正过来");
  assert.deepEqual(places[0], [longitude, latitude]);
  const moved = apart(places[0], places[1]);
  assert.ok(moved > 350 && moved < 750, `moved by ${moved} m`);

  await page.getByRole("link", { name: "换个地方" }).click();
  await locate();
  assert.deepEqual(places[2], places[1], "the next position is corrected as well");
  await change("不再纠正");
  assert.ok(apart(places[3], places[0]) < 15, "back where the phone says");
  await page.getByRole("link", { name: "换个地方" }).click();
  await locate();
  assert.deepEqual(places[4], places[0]);
  await close(page);
});
