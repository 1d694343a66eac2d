// Lanes of time: in each a word holds until the next one.

import { timeTicks } from "./chart.js";
import { el, svg } from "./dom.js";
import { table } from "./table.js";
import { colour, instant, NOTHING, shown } from "./values.js";

const LEFT = 76, RIGHT = 12, TOP = 4, BOTTOM = 26;
const PLAIN = ["calm", "quiet"];

/** Return the lanes of an answer: its first column is the time, each other one a lane. */
export function timeline(panel, answer, size) {
  const [time, ...lanes] = answer.columns.filter((column) => !column.hidden);
  const at = answer.rows.map((row) => instant(row[time.name]));
  const [from, to] = [at[0], Math.max(at.at(-1), at[0] + 3600000)];
  const [width, height] = [size.width - LEFT - RIGHT, size.height - TOP - BOTTOM];
  const x = (when) => LEFT + (width * (when - from)) / (to - from);
  const drawing = svg("svg", { viewBox: `0 0 ${size.width} ${size.height}`, width: size.width, height: size.height, role: "img", "aria-label": `${panel.title}，逐段见下表` });
  const each = height / Math.max(1, lanes.length);
  lanes.forEach((lane, which) => {
    const top = TOP + each * which;
    drawing.append(svg("text", { x: LEFT - 8, y: top + each / 2 + 4, class: "tick end" }, lane.title));
    drawing.append(svg("line", { x1: LEFT, x2: size.width - RIGHT, y1: top + each / 2, y2: top + each / 2, class: "grid-line" }));
    spans(answer.rows, at, lane, to).forEach((span, order) => drawing.append(block(span, lane, order, x, top, each)));
  });
  timeTicks(drawing, { ...size, width: size.width }, from, to, x);
  return el("figure", {}, drawing, el("details", { class: "numbers" }, el("summary", {}, "看各段"), table(panel, answer)));
}

function spans(rows, at, lane, to) {
  const found = [];
  rows.forEach((row, index) => {
    const word = row[lane.name];
    const last = found.at(-1);
    if (last && last.word === word) last.to = at[index + 1] ?? to;
    else found.push({ word, from: at[index], to: at[index + 1] ?? to });
  });
  return found.filter((one) => one.word !== NOTHING && one.word !== null && one.word !== "" && one.to > one.from);
}

function block(span, lane, order, x, top, each) {
  const text = shown(span.word, lane);
  const name = colour(span.word, lane) ?? PLAIN[order % PLAIN.length];
  const [left, width] = [x(span.from), Math.max(2, x(span.to) - x(span.from) - 1)];
  const group = svg("g", { class: name }, svg("title", {}, `${text}：${stamp(span.from)} 至 ${stamp(span.to)}`),
    svg("rect", { x: left, y: top + each * 0.12, width, height: each * 0.76, rx: 2, fill: "var(--c)", class: "block" }));
  const letters = Math.floor((width - 8) / 13);
  if (letters >= 1) {
    const short = text.length > letters ? text.slice(0, letters) : text;
    group.append(svg("text", { x: left + 5, y: top + each / 2 + 5, class: "inside" }, short));
  }
  return group;
}

function stamp(when) {
  return new Date(when).toISOString().slice(0, 16).replace("T", " ");
}
