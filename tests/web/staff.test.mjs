// A station's life through the pages: set-up, a draft, its approval, the worker's page, a notice, the history.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as web from "./harness.mjs";
import { codeOf, enrol, field, leave, opened, PASSWORD, save, staffStage, step, tab } from "./staff-stage.mjs";

const NAME = "文耕路骑手驿站";
const AT = { lon: 119.5871, lat: 39.9462 };

const stage = staffStage({ people: {}, env: { YIZHAN__ACCOUNTS__TOTP: "required" } });
const people = {};

/** The link of the set-up, as the log of the server has it. */
function setUpLink() {
  const [, path] = /(\/staff\/welcome#[\w-]+)/.exec(stage.server.log());
  return path;
}

async function redeem(page) {
  await page.getByLabel("新密码").fill(PASSWORD);
  await page.getByLabel("再写一次").fill(PASSWORD);
  await page.getByRole("button", { name: /开始使用|设好，进入/ }).click();
}

/** An admin gives somebody an account, and that person takes it up. */
async function invite(login, name, role, district) {
  const { admin } = people;
  await admin.goto(`${stage.origin}/staff/accounts?account=new`);
  await admin.locator(".edit").getByLabel("姓名").fill(name);
  await admin.locator(".edit").getByLabel("登录名").fill(login);
  await admin.getByRole("button", { name: "加一项" }).click();
  await admin.getByLabel("第 1 项的角色").selectOption({ label: role });
  await admin.getByLabel("第 1 项的范围").selectOption({ label: district });
  await admin.getByRole("button", { name: "建账号" }).click();
  const link = await admin.locator(".handover input").inputValue();
  const page = await stage.open(new URL(link).pathname + new URL(link).hash);
  await redeem(page);
  await page.waitForSelector("code.secret");
  await enrol(page);
  people[login] = page;
}

/** What the worker's list says of the station, if it has it. */
async function told(page) {
  await page.goto(`${stage.origin}/?lat=${AT.lat}&lon=${AT.lon}`);
  const row = page.locator("#answer li.row", { hasText: NAME });
  return (await row.count()) === 0 ? undefined : row.first().innerText();
}

/** The tile of the deepest zoom that holds the station, as text: its names and states stand in it as they are. */
async function tile() {
  const side = 2 ** 16;
  const x = Math.floor(((AT.lon + 180) / 360) * side);
  const y = Math.floor((0.5 - Math.asinh(Math.tan((AT.lat * Math.PI) / 180)) / (2 * Math.PI)) * side);
  const response = await fetch(`${stage.origin}/tiles/stations/16/${x}/${y}.mvt`);
  return Buffer.from(await response.arrayBuffer()).toString("utf8");
}

test("the first admin sets the city up by the link of the log", async () => {
  const page = await stage.open(setUpLink());
  await page.getByLabel("姓名").fill("李管理");
  await page.getByLabel("登录名").fill("admin");
  await page.getByLabel("工会名称").fill("秦皇岛市总工会");
  await page.getByLabel("城市名称").fill("秦皇岛");
  await page.getByLabel("城市英文名").fill("Qinhuangdao");
  await page.getByLabel("热线电话").fill("12351");
  await web.shoot(page, "staff-set-up");
  await page.getByLabel("新密码").fill("short");
  await page.getByLabel("再写一次").fill("short");
  await page.getByRole("button", { name: "开始使用" }).click();
  await page.getByText("至少要 10 个字符。").first().waitFor();
  await redeem(page);
  await page.waitForSelector("code.secret");
  const secret = await page.locator("code.secret").innerText();
  await page.getByLabel("验证码").fill(codeOf(secret, "2020-01-01T00:00:00Z"));
  await page.getByRole("button", { name: "核对" }).click();
  await page.locator(".note.bad").waitFor();
  const codes = await enrol(page);
  assert.equal(codes.length, 10);
  assert.equal(await page.locator(".rail [aria-current=page]").innerText(), "登记簿");
  people.admin = page;
  const again = await stage.open(setUpLink());
  await again.getByText("这个链接用不了").waitFor();
  await leave(again);
});

test("people get accounts by links that are good once", async () => {
  await invite("clerk", "王文员", "基层工会", "海港区");
  await invite("haigang", "海港区审核", "区县总工会", "海港区");
  await invite("city", "市总发布", "市总工会", "全市");
  const names = await people.clerk.locator(".rail a").allInnerTexts();
  assert.ok(!names.some((name) => /账号|操作记录|城市设置/.test(name)), "a clerk sees what he may do, and no more");
});

test("a clerk drafts a station and submits it", async () => {
  const page = people.clerk;
  await page.getByRole("button", { name: "登记一处" }).click();
  await field(page, "名称").fill(NAME);
  await field(page, "地址").fill("海港区文耕路 8 号");
  await field(page, "依托单位").selectOption({ label: "邮政快递" });
  await tab(page, "位置");
  await field(page, "WGS-84").fill(`${AT.lat}, ${AT.lon}`);
  await field(page, "WGS-84").press("Enter");
  await page.getByText("经纬度写反了，已经对调。").waitFor();
  await page.getByText("仍在区县内").waitFor();
  await tab(page, "时间");
  await field(page, "开放时间").fill("全天24小时");
  await page.getByRole("button", { name: "换成 24/7" }).click();
  await tab(page, "设施");
  await field(page, "加一项").selectOption({ label: "饮水" });
  await field(page, "加一项").selectOption({ label: "微波炉" });
  await web.shoot(page, "staff-draft");
  await page.getByRole("button", { name: "登记", exact: true }).click();
  await page.locator(".edit .stage.draft").waitFor();
  await step(page, "提交审核");
  await page.locator(".edit .stage.submitted").waitFor();
});

test("the district checks, the city publishes, and workers see it at once", async () => {
  const worker = await stage.open("/", { viewport: web.PHONE });
  const { haigang, city } = people;
  await haigang.goto(`${stage.origin}/staff`);
  await haigang.locator(".queues a", { hasText: "待审核" }).click();
  await haigang.getByRole("row", { name: new RegExp(NAME) }).click();
  await opened(haigang, NAME);
  await web.shoot(haigang, "staff-queue");
  await step(haigang, "审核通过");
  await haigang.locator(".edit .stage.checked").waitFor();
  assert.equal(await told(worker), undefined, "what is not public is nobody else's");
  await city.goto(`${stage.origin}/staff?status=checked`);
  await city.getByRole("row", { name: new RegExp(NAME) }).click();
  await opened(city, NAME);
  await step(city, "公开");
  const published = Date.now();
  await web.until(async () => (await told(worker)) !== undefined, "the worker's page", 1000);
  assert.ok(Date.now() - published < 1500);
  assert.match(await told(worker), /开放中/);
  assert.match(await tile(), /文耕路骑手驿站/);
  await leave(worker);
});

test("a notice of one day closes it in list, map and tile", async () => {
  const { haigang } = people;
  await haigang.reload();
  await opened(haigang, NAME);
  await tab(haigang, "公告");
  await haigang.getByRole("button", { name: "今天", exact: true }).click();
  await field(haigang, "原因").fill("停电检修");
  await haigang.getByRole("button", { name: "发布" }).click();
  await haigang.locator(".notices .stage.current").waitFor();
  await web.shoot(haigang, "staff-notice");
  const worker = await stage.open("/", { viewport: web.DESK });
  await web.until(async () => /临时关门/.test((await told(worker)) ?? ""), "the notice in the list", 1000);
  await web.mapDrawn(worker);
  const marker = worker.locator(`.canvas [data-marker][aria-label^="${NAME}"]`);
  assert.equal(await marker.getAttribute("data-state"), "notice");
  assert.match(await tile(), /closed_by_notice/);
  await leave(worker);
  await haigang.getByRole("button", { name: "撤回：停电检修" }).click();
  await haigang.getByRole("dialog").getByRole("button", { name: "撤回" }).click();
  await haigang.locator(".notices .stage.withdrawn").waitFor();
});

test("the history shows everything and goes back", async () => {
  const { city } = people;
  await tab(city, "基本");
  await field(city, "名称").fill("改错了的名字");
  await field(city, "为什么改").fill("试一试");
  await save(city);
  await opened(city, "改错了的名字");
  await tab(city, "历史");
  const entry = (n) => city.locator(".history > li").nth(n);
  await entry(4).waitFor();
  const actions = await city.locator(".history > li b:first-child").allInnerTexts();
  assert.deepEqual(
    actions.filter((word) => ["修改", "公开", "审核通过", "提交", "登记"].includes(word)),
    ["修改", "公开", "审核通过", "提交", "登记"],
  );
  const newest = await entry(0).innerText();
  assert.match(newest, /市总发布/);
  assert.match(newest, /试一试/);
  assert.equal(await entry(0).locator("del").innerText(), NAME);
  assert.equal(await entry(0).locator("ins").innerText(), "改错了的名字");
  await web.shoot(city, "staff-history");
  await entry(1).getByRole("button", { name: /恢复/ }).click();
  await city.getByRole("dialog").getByLabel("为什么").fill("名字写错了");
  await city.getByRole("dialog").getByRole("button", { name: "恢复" }).click();
  await opened(city, NAME);
  await web.until(async () => /恢复旧版/.test(await entry(0).innerText()), "the restored version");
  assert.match(await entry(0).innerText(), /名字写错了/);
});

test("of two editors at once one is shown the difference and loses nothing", async () => {
  const { haigang, city } = people;
  for (const page of [haigang, city]) {
    await page.reload();
    await opened(page, NAME);
    await tab(page, "基本");
  }
  await field(haigang, "地址").fill("海港区文耕路 10 号");
  await field(haigang, "备注").fill("门口有斜坡");
  await save(haigang);
  await haigang.locator(".edit footer form").waitFor({ state: "detached" });
  await field(city, "地址").fill("海港区文耕路 12 号");
  await field(city, "座位").fill("20");
  await save(city);
  await city.getByText("别人先存了").waitFor();
  await web.shoot(city, "staff-conflict");
  const parts = await city.locator(".versus legend").allInnerTexts();
  assert.deepEqual(parts.sort(), ["地址", "备注", "座位"].sort());
  const address = city.locator(".versus", { has: city.getByText("地址", { exact: true }) });
  assert.match(await address.innerText(), /文耕路 8 号[\s\S]*文耕路 12 号[\s\S]*文耕路 10 号/);
  assert.deepEqual(await web.flaws(city), []);
  assert.ok(await city.getByRole("button", { name: "接着改" }).isDisabled());
  await address.getByLabel(/我的/).check();
  await city.getByRole("button", { name: "接着改" }).click();
  assert.equal(await field(city, "备注").inputValue(), "门口有斜坡", "what only they changed is there");
  await save(city);
  await city.locator(".edit footer form").waitFor({ state: "detached" });
  await haigang.reload();
  await opened(haigang, NAME);
  await tab(haigang, "基本");
  assert.equal(await field(haigang, "地址").inputValue(), "海港区文耕路 12 号");
  assert.equal(await field(haigang, "座位").inputValue(), "20");
});

test("the audit tells of it, and is whole", async () => {
  const { admin } = people;
  await admin.goto(`${stage.origin}/staff/audit`);
  await admin.getByLabel("做了什么").selectOption({ label: "公开驿站" });
  await web.until(async () => (await admin.locator("tbody tr").count()) === 1, "the one entry");
  assert.match(await admin.locator("tbody tr").innerText(), /市总发布/);
  await admin.getByRole("button", { name: /核对/ }).click();
  await admin.getByText(/都没被改过/).waitFor();
  await web.shoot(admin, "staff-audit");
  for (const page of Object.values(people)) await leave(page);
});
