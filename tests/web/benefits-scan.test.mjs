// Two phones: one shows its code, the other one's camera reads it from the picture.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { benefitsStage, CLERK, MEMBER, PHONE } from "./benefits-stage.mjs";
import * as web from "./harness.mjs";
import { leave } from "./staff-stage.mjs";

const { encode } = createRequire(new URL("../../web/package.json", import.meta.url))("uqr");
const stage = benefitsStage();
const folder = mkdtempSync(join(tmpdir(), "yizhan-camera-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** What the camera sees, as a video of one picture (YUV4MPEG2): a QR code of a text in the middle of a grey wall. */
function video(text) {
  const [width, height, dot] = [640, 480, 8];
  const { data, size } = encode(text, { ecc: "M", border: 4 });
  const light = Buffer.alloc(width * height, 160);
  const [left, top] = [(width - size * dot) >> 1, (height - size * dot) >> 1];
  for (let y = 0; y < size * dot; y += 1) {
    for (let x = 0; x < size * dot; x += 1) {
      const isDark = data[Math.floor(y / dot)][Math.floor(x / dot)];
      light[(top + y) * width + left + x] = isDark ? 16 : 235;
    }
  }
  const colour = Buffer.alloc((width * height) / 2, 128);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  return Buffer.concat([head, Buffer.from("FRAME\n"), light, colour]);
}

test("the till's camera reads the code on the member's screen, and both see what came of it", async () => {
  await stage.merchant();
  await stage.member();
  const campaign = await stage.campaign({ min_spend_fen: 0 });
  const member = await stage.open("/benefits/wallet", PHONE);
  await stage.signInByPhone(member, MEMBER);
  await member.getByText("现在没有能用的券").waitFor();
  await member.goto(`${stage.origin}/benefits/campaigns/${campaign.id}`);
  await member.getByRole("button", { name: "领一张" }).click();
  await member.getByText("领到了").waitFor();
  await member.goto(`${stage.origin}/benefits/wallet`);
  await member.locator(".b-card").first().click();
  await member.getByRole("button", { name: "出示券码" }).click();
  await member.locator("svg.b-qr").waitFor();
  const code = (await member.locator(".b-eight [aria-hidden]").innerText()).replace(/\D/g, "");

  const file = join(folder, "camera.y4m");
  writeFileSync(file, video(`${stage.origin}/benefits/till#${code}`));
  const fake = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"];
  const browser = await web.openBrowser([...fake, `--use-file-for-fake-video-capture=${file}`]);
  const till = await web.newPage(browser, stage.origin, { ...PHONE, allowed: ["camera"] });
  await till.goto(`${stage.origin}/benefits/till`);
  await stage.signInByPhone(till, CLERK);
  till.wrongs.length = 0;
  await till.getByRole("button", { name: "扫二维码" }).click();
  await till.waitForFunction(() => {
    const field = document.querySelector("input[inputmode=numeric]");
    return field && field.value.replaceAll(/\D/g, "").length === 8;
  });
  assert.equal((await till.getByLabel("八位数字").inputValue()).replaceAll(" ", ""), code);
  await till.getByRole("button", { name: "核销", exact: true }).last().click();
  await till.getByRole("heading", { name: "减 20 元" }).waitFor();
  await member.getByText("用好了").waitFor();
  await leave(till);
  await leave(member);
  await browser.close();
});
