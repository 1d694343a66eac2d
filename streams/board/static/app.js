// The page: reads what the server wrote of the screen, asks for every panel, and asks again as things change.

import { ask } from "./ask.js";
import { prepare } from "./choices.js";
import { begin } from "./kiosk.js";
import { follow } from "./live.js";
import { draw, fail, read } from "./panels.js";
import { CHINA, dayText, instant } from "./values.js";

const BREATH = 2000, SHARE = 4;

const written = document.getElementById("screen");
const screen = written ? JSON.parse(written.textContent) : null;
const answers = new Map();
let marks = [];
let busy = false, wanted = false, restUntil = 0;

if (screen) {
  begin(screen);
  prepare(screen);
  refresh();
  if (screen.annotations && screen.panels.some((one) => one.kind === "series")) loadMarks();
  setInterval(() => !document.hidden && refresh(), screen.refresh * 1000);
  window.addEventListener("resize", redraw);
  window.addEventListener("beforeprint", redraw);
}
follow(() => screen && refresh());

/** Ask for every panel; while asking, or soon after, a further wish waits: who looks must not wear out who works. */
async function refresh() {
  if (busy || performance.now() < restUntil) {
    if (!wanted) {
      wanted = true;
      setTimeout(() => { wanted = false; refresh(); }, Math.max(200, restUntil - performance.now()));
    }
    return;
  }
  busy = true;
  const began = performance.now();
  await Promise.all(screen.panels.map(renew));
  const took = performance.now() - began;
  restUntil = performance.now() + (took > BREATH / SHARE ? took * SHARE : BREATH / 4);
  busy = false;
  document.body.dataset.ready = "yes";
}

async function renew(panel) {
  const body = document.querySelector(`[data-panel="${panel.id}"] .body`);
  try {
    const said = await ask(`/data/${screen.key}/${panel.id}${screen.query ? `?${screen.query}` : ""}`);
    const same = JSON.stringify([said.meta, said.data, panel.kind === "series" ? said.range : 0]);
    if (answers.get(panel.id)?.same === same) return;
    answers.set(panel.id, { same, answer: read(panel, said), range: said.range });
    show(panel, body);
  } catch (error) {
    fail(body, error.message);
  }
}

function show(panel, body) {
  const { answer, range } = answers.get(panel.id);
  draw(body, panel, answer, { from: range.from + CHINA, to: range.to + CHINA }, marks);
}

function redraw() {
  for (const panel of screen.panels) {
    if (panel.kind === "table" || panel.kind === "stat" || panel.kind === "ranking" || !answers.has(panel.id)) continue;
    show(panel, document.querySelector(`[data-panel="${panel.id}"] .body`));
  }
}

async function loadMarks() {
  try {
    const said = await ask(`/marks/${screen.key}${screen.query ? `?${screen.query}` : ""}`);
    marks = said.flatMap((one) => {
      const at = Object.fromEntries(one.answer.meta.map((column, index) => [column.name, index]));
      return one.answer.data.map((row) => {
        const time = instant(row[at.time]);
        return { time, day: dayText(time), colour: one.colour, text: `${row[at.time].slice(0, 16)} ${row[at.title]}\n${row[at.text]}` };
      });
    });
    redraw();
  } catch {
    marks = [];
  }
}
