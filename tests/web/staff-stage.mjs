// A server with people who work with it: one for each role, with passwords known to the tests.

import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { after, before } from "node:test";
import * as web from "./harness.mjs";

export const PASSWORD = "ding-zi-hu-tong-42";

/** The people: login, name, role, and where. */
export const PEOPLE = {
  admin: ["管理员", "admin", ""],
  city: ["市总", "city", "1303"],
  haigang: ["海港区总工会", "district", "130302"],
  beidaihe: ["北戴河区总工会", "district", "130304"],
  clerk: ["基层工会", "grassroots", "130302"],
  auditor: ["审计", "auditor", ""],
};

/** A server on which `people` have accounts, and a browser, for the tests of one file. */
export function staffStage({ people = PEOPLE, env = {}, ...options } = {}) {
  const stage = {};
  const accounts = (_, data, settings) => {
    for (const [login, [name, role, district]] of Object.entries(people)) {
      const who = ["--login", login, "--name", name, "--unit", "秦皇岛市总工会"];
      const args = ["--data", data, "user", "add", ...who, "--role", role, "--district", district];
      execFileSync(web.BINARY, args, { env: settings, input: PASSWORD, stdio: "pipe" });
    }
  };
  before(async () => {
    const settings = { YIZHAN__ACCOUNTS__TOTP: "optional", ...env };
    stage.server = await web.startServer({ ...options, env: settings, prepare: accounts });
    stage.origin = stage.server.origin;
    stage.browser = await web.openBrowser();
  });
  after(async () => {
    await stage.browser?.close();
    await stage.server?.stop();
  });
  /** Opens a path as nobody. */
  stage.open = async (path, options = {}) => {
    const size = { viewport: web.DESK, deviceScaleFactor: 1 };
    const page = await web.newPage(stage.browser, stage.origin, { ...size, ...options });
    await page.goto(stage.origin + path);
    return page;
  };
  /** Opens a path as one of the people. */
  stage.as = async (login, path = "/staff", options = {}) => {
    const page = await stage.open("/staff", options);
    await signIn(page, login);
    await page.waitForSelector(".rail");
    if (path !== "/staff") await page.goto(stage.origin + path);
    await page.waitForSelector(".rail");
    return page;
  };
  /** Asks the interface as whoever is signed in on a page. */
  stage.api = async (page, method, path, body, headers = {}) => {
    const init = { method, headers: { origin: stage.origin, ...headers }, ...(body ? { data: body } : {}) };
    const response = await page.context().request.fetch(stage.origin + path, init);
    return { status: response.status(), headers: response.headers(), body: await response.json().catch(() => null) };
  };
  return stage;
}

/** Fills the form of the sign-in. */
export async function signIn(page, login, password = PASSWORD) {
  await page.getByLabel("登录名").fill(login);
  await page.getByLabel("密码").fill(password);
  await page.getByRole("button", { name: "登录" }).click();
  await page.waitForSelector(".rail, .note.bad, [name=totp]");
}

/** Leaves a page that did nothing it should not. That the service refuses something is no fault of the page. */
export async function leave(page) {
  page.wrongs = page.wrongs.filter((wrong) => !/^Failed to load resource: .* status of 4\d\d/.test(wrong));
  web.assertQuiet(page);
  await page.context().close();
}

/** The one-time code of a shared secret at an instant (RFC 6238: SHA-1, six digits, 30 seconds). */
export function codeOf(secret, instant = web.NOW) {
  const bits = [...secret.replace(/\s/g, "")].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter));
  const text = bits.map((bit) => bit.toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(text.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.parse(instant) / 30_000)));
  const hash = createHmac("sha1", key).update(counter).digest();
  const at = hash[hash.length - 1] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** Goes through the set-up of the second factor to the registry, and gives the recovery codes. */
export async function enrol(page) {
  const secret = await page.locator("code.secret").innerText();
  await page.getByLabel("验证码").fill(codeOf(secret));
  await page.getByRole("button", { name: "核对" }).click();
  await page.locator(".codes li").first().waitFor();
  const codes = await page.locator(".codes li").allInnerTexts();
  await page.getByLabel("已经存好了").check();
  await page.getByRole("button", { name: "继续" }).click();
  await page.waitForSelector(".rail");
  return codes;
}

/** Waits until a station stands open in the editor. */
export async function opened(page, name) {
  await page.locator(".edit h2", { hasText: name }).waitFor();
}

/** Goes to a tab of the editor. */
export async function tab(page, name) {
  await page.getByRole("tab", { name, exact: true }).click();
}

/** A field of the editor by its label. */
export function field(page, label) {
  return page.locator(".edit").getByLabel(label, { exact: true });
}

/** Takes a step of a station's life, with a reason where one is given. */
export async function step(page, word, reason) {
  await page.locator(".edit footer").getByRole("button", { name: word, exact: true }).click();
  const dialog = page.getByRole("dialog");
  if (reason) await dialog.locator("textarea").fill(reason);
  await dialog.getByRole("button", { name: word, exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

/** Saves what was changed in the editor. */
export async function save(page) {
  await page.getByRole("button", { name: /^保存/ }).click();
}
