// The map: every station beside those of the list, the looks of the page, and the operator's base map.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import * as web from "./harness.mjs";

const NEAR = "/?lat=39.835&lon=119.489";
const FLORENCE = "/?lat=43.7696&lon=11.2558";
const SHARED = process.env.YIZHAN_SHARED ?? join(web.ROOT, "../shared");
const STREETS = join(SHARED, "data/osm/firenze_protomaps_z0-14.pmtiles");
/** A pixel of one colour, which a tile may be as well. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const CSV = [
  "站点编号,站点名称,区县,地址,经度,纬度,开放时间",
  "F-1,Duomo,北戴河区,Piazza del Duomo,11.2570,43.7731,24小时",
].join("\n");

const stage = web.stage();
const { open, close } = stage;

/** Degrees to the map's square of 0 to 1, and pixels at a zoom. */
function mercator([lon, lat]) {
  return [lon / 360 + 0.5, 0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)];
}

/** Where the map is looking, once it has come to rest. */
async function view(page) {
  await page.waitForSelector(".canvas[data-view]");
  const [lon, lat, zoom] = (await page.locator(".canvas").getAttribute("data-view")).split(" ").map(Number);
  return { lon, lat, zoom, box: await page.locator(".canvas").boundingBox() };
}

/** Waits until the map rests at a view that is as it should be. */
function rests(page, test, argument) {
  return page.waitForFunction(
    ([source, argument]) => {
      const [, , zoom] = (document.querySelector(".canvas").dataset.view ?? "").split(" ").map(Number);
      return source === "below" ? zoom < argument : Math.abs(zoom - argument) < 0.01;
    },
    [test, argument],
  );
}

/** The pixel of the page at which a place is drawn. */
function pixel({ lon, lat, zoom, box }, place) {
  const [[x, y], [cx, cy]] = [mercator(place), mercator([lon, lat])];
  const scale = 512 * 2 ** zoom;
  return [box.x + box.width / 2 + (x - cx) * scale, box.y + box.height / 2 + (y - cy) * scale];
}

/** What the server's tiles hold around the middle of a view. */
async function features({ lon, lat, zoom }, query) {
  const z = Math.min(16, Math.floor(zoom));
  const [x, y] = mercator([lon, lat]).map((part) => Math.floor(part * 2 ** z));
  const near = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => `${z}/${x + dx}/${y + dy}`));
  const answers = await Promise.all(
    near.map((tile) => fetch(`${stage.origin}/tiles/stations/${tile}.geojson?${query}`)),
  );
  const tiles = await Promise.all(answers.filter((answer) => answer.status === 200).map((answer) => answer.json()));
  return tiles.flatMap((tile) => tile.features);
}

/** A feature that a finger reaches: in the free part of the map, with no other and no marker too near. */
async function reachable(page, found, seen) {
  const boxes = await page.locator(".mk:not(.within), .me").evaluateAll((all) => all.map((mark) => mark.getBoundingClientRect().toJSON()));
  const others = boxes.map(({ x, y, width, height }) => [x + width / 2, y + height / 2]);
  const at = (feature) => pixel(seen, feature.geometry.coordinates);
  const isFree = ([x, y]) => x > 110 && x < seen.box.width - 90 && y > 130 && y < seen.box.height - 130;
  const far = ([x, y], [a, b]) => Math.hypot(x - a, y - b) > 34;
  return found.find((feature) => {
    const here = at(feature);
    const rest = found.filter((other) => other !== feature).map(at);
    return isFree(here) && [...rest, ...others].every((other) => far(here, other));
  });
}

/** Counts what a picture shows: the share of squares of 16 pixels that hold a colour, by its name. */
async function shares(page, buffer, colours) {
  const blank = await page.context().newPage();
  const counted = await blank.evaluate(
    async ([data, colours]) => {
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext("2d");
      context.drawImage(bitmap, 0, 0);
      const found = Object.fromEntries(Object.keys(colours).map((name) => [name, 0]));
      let squares = 0;
      for (let y = 0; y + 16 <= bitmap.height; y += 16) {
        for (let x = 0; x + 16 <= bitmap.width; x += 16) {
          const { data } = context.getImageData(x, y, 16, 16);
          squares += 1;
          for (const [name, [r, g, b]] of Object.entries(colours)) {
            for (let i = 0; i < data.length; i += 4) {
              const far = Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b);
              if (far < 24) {
                found[name] += 1;
                break;
              }
            }
          }
        }
      }
      return Object.fromEntries(Object.entries(found).map(([name, count]) => [name, count / squares]));
    },
    [buffer.toString("base64"), colours],
  );
  await blank.close();
  return counted;
}

function rgb(colour) {
  const hex = colour.length === 4 ? [...colour].map((digit) => digit + digit).join("").slice(1) : colour;
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

/** A token of the page's colours. */
async function token(page, name) {
  const read = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  return rgb(await page.evaluate(read, name));
}

test("in the strip there are the stations of the list; on the whole screen there are all", async () => {
  const page = await web.newPage(stage.browser, stage.origin);
  const asked = [];
  page.on("request", (request) => {
    if (request.url().includes("/tiles/stations/")) asked.push(request.url());
  });
  await page.goto(stage.origin + NEAR);
  await web.mapDrawn(page);
  assert.deepEqual(asked, []);
  await page.getByRole("button", { name: "看地图" }).click();
  while (asked.length === 0) await page.waitForRequest(/\/tiles\/stations\//);
  for (const url of asked) assert.match(url, /\.mvt\?open=now$/);
  await page.getByRole("button", { name: "看列表" }).click();
  await page.waitForSelector(".strip:not(.full)");
  await web.mapDrawn(page);
  asked.length = 0;
  await page.getByRole("link", { name: "如厕", exact: true }).click();
  await page.waitForSelector(".chip.on:has-text('如厕')");
  await web.mapDrawn(page);
  await page.getByRole("button", { name: "看地图" }).click();
  await page.waitForSelector(".strip.full");
  await page.waitForFunction(() => document.querySelector(".canvas").dataset.view !== undefined);
  while (asked.length === 0) await page.waitForRequest(/\/tiles\/stations\//);
  for (const url of asked) assert.match(url, /\.mvt\?facility=toilet&open=now$/);
  await close(page);
});

test("a cluster opens at the zoom where it parts, a door shows its card and leads to its sheet", async () => {
  const page = await open(NEAR);
  await web.mapDrawn(page);
  await page.getByRole("button", { name: "看地图" }).click();
  await page.waitForSelector(".strip.full");
  await rests(page, "below", 20);
  while ((await view(page)).zoom > 10.5) {
    const { zoom } = await view(page);
    await page.getByRole("button", { name: "缩小" }).click();
    await rests(page, "at", zoom - 1);
  }
  assert.ok((await page.locator(".mk.within").count()) > 3, "what is counted in a cluster has no marker");
  await web.shoot(page, "map-clusters");

  let seen = await view(page);
  // One far from the list, so that it holds stations that the list does not.
  const isFar = ({ geometry }) => geometry.coordinates[1] > 39.88;
  const clusters = (await features(seen, "open=now")).filter((found) => found.properties.cluster && isFar(found));
  const cluster = await reachable(page, clusters, seen);
  assert.ok(cluster, "a cluster is within reach");
  await page.mouse.click(...pixel(seen, cluster.geometry.coordinates));
  await rests(page, "at", cluster.properties.expansion_zoom);

  // On to where single doors stand, away from the list's own.
  for (let zoom = cluster.properties.expansion_zoom; zoom < 14; zoom += 1) {
    await page.getByRole("button", { name: "放大" }).click();
    await rests(page, "at", zoom + 1);
  }
  seen = await view(page);
  const listed = await web.listed(page);
  const doors = (await features(seen, "open=now")).filter(({ properties }) => !listed.includes(properties.id));
  const door = await reachable(page, doors, seen);
  assert.ok(door, "a door is within reach");
  await page.mouse.click(...pixel(seen, door.geometry.coordinates));
  const card = page.locator(`.card li.row[data-id="${door.properties.id}"]`);
  await card.waitFor();
  assert.equal(await card.locator("h2").innerText(), door.properties.name);
  assert.equal(await page.locator(".mk.big").getAttribute("data-other"), door.properties.id);
  await card.locator(".how").waitFor();
  assert.match(await card.locator(".st").innerText(), /开放中/);
  await web.shoot(page, "map-other");
  assert.deepEqual(await web.flaws(page), []);
  assert.deepEqual(await web.listed(page, "#answer"), listed, "the list stays as it is");
  await card.locator("a").click();
  await page.waitForSelector("article.sheet");
  assert.match(page.url(), new RegExp(door.properties.id));
  await close(page);
});

test("the map follows the page's theme and contrast", async () => {
  const page = await open("/", { viewport: web.DESK, deviceScaleFactor: 1 });
  await page.waitForSelector(".canvas[data-drawn]");
  const land = await token(page, "land");
  const shot = () => page.locator(".strip").screenshot();
  assert.ok((await shares(page, await shot(), { land })).land > 0.2);
  const drawnIn = async (attribute, value, colours) => {
    await page.evaluate(
      ([attribute, value]) => {
        delete document.querySelector(".canvas").dataset.drawn;
        document.documentElement.setAttribute(attribute, value);
      },
      [attribute, value],
    );
    await page.waitForSelector(".canvas[data-drawn]");
    return shares(page, await shot(), colours);
  };
  const ink = await token(page, "ink");
  const calm = await shares(page, await shot(), { ink });
  const high = await drawnIn("data-contrast", "high", { ink });
  assert.ok(high.ink > calm.ink + 0.01, `${high.ink} ${calm.ink}`);
  await web.shoot(page, "map-high-contrast");
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await token(page, "sea");
  const night = await drawnIn("data-theme", "dark", { dark });
  assert.ok(night.dark > 0.1, `${night.dark}`);
  await close(page);
});

test("streets and their names come from the operator's file, and from nowhere else", async (t) => {
  if (!existsSync(STREETS)) {
    console.log("skipped: streets of a Protomaps file (the file of Florence is not at hand)");
    t.skip();
    return;
  }
  const server = await web.startServer({
    csv: CSV,
    env: { YIZHAN__MAP__KIND: "pmtiles", YIZHAN__MAP__FILE: STREETS },
  });
  t.after(server.stop);
  for (const [colorScheme, locale] of [["light", "zh-CN"], ["dark", "en"]]) {
    // Names are thin: their share of the colours is measured on a fine screen.
    const options = { viewport: web.DESK, colorScheme, locale, deviceScaleFactor: 2 };
    const page = await web.newPage(stage.browser, server.origin, options);
    const parts = [];
    page.on("response", (response) => {
      if (response.url().endsWith("/tiles/base.pmtiles")) parts.push(response.status());
    });
    await page.goto(server.origin + FLORENCE);
    await web.mapDrawn(page);
    await page.locator(".zoom .btn").first().click();
    await page.waitForFunction(() => Number(document.querySelector(".canvas").dataset.view?.split(" ")[2]) > 15);
    const colours = { land: "land", sea: "sea", road: "road", label: "label" };
    for (const name of Object.keys(colours)) colours[name] = await token(page, name);
    await web.shoot(page, `streets-${colorScheme}`);
    const seen = await shares(page, await page.locator(".strip").screenshot(), colours);
    console.log(`streets in ${colorScheme}: ${JSON.stringify(seen)}`);
    assert.ok(seen.land > 0.5 && seen.sea > 0.03, JSON.stringify(seen));
    assert.ok(seen.road > 0.3, `streets everywhere: ${JSON.stringify(seen)}`);
    assert.ok(seen.label > 0.04, `names of them: ${JSON.stringify(seen)}`);
    assert.ok(parts.length > 2 && parts.every((status) => status === 206), parts.join(" "));
    assert.match(await page.locator(".credits").innerText(), /OpenStreetMap/);
    await close(page);
  }
});

test("without such a file nobody loads what draws streets", async () => {
  const page = await web.newPage(stage.browser, stage.origin);
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(stage.origin + NEAR);
  await web.mapDrawn(page);
  assert.ok(!asked.some((url) => url.includes("/assets/map-")), "a strip needs no map");
  await page.getByRole("button", { name: "看地图" }).click();
  await page.waitForSelector(".strip.full");
  await web.mapDrawn(page);
  assert.ok(asked.some((url) => url.includes("/assets/map-")));
  assert.deepEqual(asked.filter((url) => /protomaps|pmtiles/.test(url)), []);
  await close(page);
});

/** A server of pictures on a port of its own, as another host's would be. */
async function pictures() {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url, referrer: request.headers.referer });
    response.writeHead(200, { "content-type": "image/png", "access-control-allow-origin": "*" });
    response.end(Buffer.from(PIXEL, "base64"));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () => new Promise((resolve) => server.close(resolve));
  return { asked, port: server.address().port, stop };
}

test("pictures in GCJ-02 come from the named hosts alone, and positions are shifted there and back", async (t) => {
  const tiles = await pictures();
  const hosts = ["127.0.0.1", "localhost"].map((name) => `http://${name}:${tiles.port}`);
  const urls = `http://{s}:${tiles.port}/ground/{z}/{x}/{y}.png ${hosts[0]}/names/{z}/{x}/{y}.png`;
  const server = await web.startServer({
    env: {
      YIZHAN__MAP__KIND: "raster",
      YIZHAN__MAP__URLS: urls,
      YIZHAN__MAP__SUBDOMAINS: "127.0.0.1 localhost",
      YIZHAN__MAP__DATUM: "gcj02",
      YIZHAN__MAP__CREDITS: "© 图源",
      YIZHAN__MAP__APPROVAL_NUMBER: "GS(2026)0001号",
    },
  });
  t.after(async () => {
    await server.stop();
    await tiles.stop();
  });
  const page = await web.newPage(stage.browser, server.origin, { viewport: web.DESK, deviceScaleFactor: 1 });
  const own = [];
  page.on("request", (request) => own.push(request.url()));
  const answer = await page.goto(server.origin + NEAR);
  const policy = answer.headers()["content-security-policy"];
  for (const part of ["img-src 'self' data: blob:", "connect-src 'self'"]) {
    assert.ok(policy.includes(`${part} ${hosts.join(" ")};`), policy);
  }
  assert.equal(policy.split(hosts[0]).length, 3, "these hosts are allowed for tiles alone");
  await web.mapDrawn(page);
  const paths = tiles.asked.map(({ path }) => path);
  assert.ok(paths.some((path) => path.startsWith("/ground/")) && paths.some((path) => path.startsWith("/names/")));
  assert.ok(tiles.asked.every(({ referrer }) => referrer === `${server.origin}/`), "they learn the site and no place");
  const foreign = own.filter((url) => !url.startsWith(server.origin) && !/^(data|blob):/.test(url));
  assert.ok(foreign.length > 0 && foreign.every((url) => hosts.some((host) => url.startsWith(`${host}/`))));
  assert.ok(own.some((url) => url.includes("/tiles/gcj02/stations/")));
  assert.ok(!own.some((url) => url.includes("/tiles/stations/")));
  assert.match(await page.locator(".credits").innerText(), /© 图源.*GS\(2026\)0001号/);

  const seen = await view(page);
  const me = await page.locator(".me").boundingBox();
  const [x, y] = [me.x + me.width / 2, me.y + me.height / 2];
  const [plainX, plainY] = pixel(seen, [119.489, 39.835]);
  const metres = (Math.hypot(x - plainX, y - plainY) * 40_075_017 * Math.cos(0.695)) / (512 * 2 ** seen.zoom);
  assert.ok(metres > 300 && metres < 900, `shifted by ${metres} m`);

  await page.mouse.click(x, y + 40);
  const question = page.waitForRequest((request) => request.headers()["x-fragment"] === "list");
  await page.getByRole("button", { name: "在这里找" }).click();
  const asked = new URL((await question).url()).searchParams;
  const below = 40_075_017 * Math.cos(0.695) * 40 / (512 * 2 ** seen.zoom) / 111_320;
  assert.ok(Math.abs(Number(asked.get("lon")) - 119.489) < 0.0003, `${asked}`);
  assert.ok(Math.abs(Number(asked.get("lat")) - (39.835 - below)) < 0.0003, `${asked}`);
  page.wrongs = page.wrongs.filter((wrong) => !hosts.some((host) => wrong.includes(host)));
  await close(page);
});
