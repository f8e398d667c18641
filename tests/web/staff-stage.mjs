// A server with people who work with it: one for each role, with passwords known to the tests.

import { execFileSync } from "node:child_process";
import { after, before } from "node:test";
import * as web from "./harness.mjs";

export const PASSWORD = "ding-zi-hu-tong-42";

/** The people: login, role, and where. */
export const PEOPLE = {
  admin: ["admin", ""],
  city: ["city", "1303"],
  haigang: ["district", "130302"],
  beidaihe: ["district", "130304"],
  clerk: ["grassroots", "130302"],
  auditor: ["auditor", ""],
};

/** A server on which `people` have accounts, and a browser, for the tests of one file. */
export function staffStage({ people = PEOPLE, env = {}, ...options } = {}) {
  const stage = {};
  const accounts = (_, data, env) => {
    for (const [login, [role, district]] of Object.entries(people)) {
      const args = ["--data", data, "user", "add", "--login", login, "--name", nameOf(login), "--unit", "总工会"];
      const where = ["--role", role, "--district", district];
      execFileSync(web.BINARY, [...args, ...where], { env, input: PASSWORD, stdio: "pipe" });
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
    const page = await web.newPage(stage.browser, stage.origin, {
      viewport: web.DESK,
      deviceScaleFactor: 1,
      ...options,
    });
    await page.goto(stage.origin + path);
    return page;
  };
  /** Opens a path as one of the people. */
  stage.as = async (login, path = "/staff", options = {}) => {
    const page = await stage.open("/staff", options);
    await signIn(page, login);
    if (path !== "/staff") await page.goto(stage.origin + path);
    await page.waitForSelector(".rail");
    return page;
  };
  return stage;
}

/** The name of somebody by his login. */
export function nameOf(login) {
  return { admin: "管理员", city: "市总", haigang: "海港区", beidaihe: "北戴河区", clerk: "基层", auditor: "审计" }[login];
}

/** Fills the form of the sign-in. */
export async function signIn(page, login, password = PASSWORD) {
  await page.getByLabel("登录名").fill(login);
  await page.getByLabel("密码").fill(password);
  await page.getByRole("button", { name: "登录" }).click();
  await page.waitForSelector(".rail, .note.bad");
}

/** Leaves a page that did nothing it should not. Answers that refuse something are no fault of the page. */
export async function leave(page) {
  page.wrongs = page.wrongs.filter((wrong) => !/^Failed to load resource: .* status of 4\d\d/.test(wrong));
  web.assertQuiet(page);
  await page.context().close();
}
