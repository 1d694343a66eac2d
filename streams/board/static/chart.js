// Stacked bars and lines, as small drawings with a legend; the numbers stand below in a table.

import { el, fresh, svg } from "./dom.js";
import { table } from "./table.js";
import { dayText, fixed, instant } from "./values.js";

const DAY = 86400000;
const PALETTE = ["calm", "notice", "good", "yellow", "red", "quiet"];
const PATTERNS = { yellow: "hatch", notice: "dots", quiet: "cross" };
const LEFT = 44, RIGHT = 10, TOP = 16, BOTTOM = 26;

/** Return bars over labels: the first column labels, the others are stacked. */
export function bars(panel, answer, size) {
  const [label, ...parts] = answer.columns.filter((column) => !column.hidden);
  const labels = answer.rows.map((row) => String(row[label.name]));
  return figure(panel, answer, parts, () => stacked(panel, size, labels, answer.rows, parts, []));
}

/** Return numbers over time: stacked bars with one a day, else lines. */
export function series(panel, answer, size, range, marks) {
  const [time, ...parts] = answer.columns.filter((column) => !column.hidden);
  if (!panel.day) return figure(panel, answer, parts, () => lines(panel, size, answer.rows, time, parts, range, marks));
  const held = new Map(answer.rows.map((row) => [row[time.name].slice(0, 10), row]));
  const days = daysOf(range);
  const rows = days.map((day) => held.get(day) ?? {});
  const placed = marks.map((one) => ({ ...one, at: days.indexOf(one.day) })).filter((one) => one.at >= 0);
  return figure(panel, answer, parts, () => stacked(panel, size, days.map((day) => day.slice(5)), rows, parts, placed));
}

function figure(panel, answer, parts, draw) {
  const said = `${panel.title}：${parts.map((one) => `${one.title}合计 ${fixed(total(answer.rows, one))}`).join("，")}`;
  const drawing = draw();
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", said);
  return el("figure", {}, legend(parts), drawing,
    el("details", { class: "numbers" }, el("summary", {}, "看数字"), table(panel, answer)));
}

function legend(parts) {
  const item = (part, at) => {
    const key = svg("svg", { width: 14, height: 14, "aria-hidden": "true" });
    const fill = filling(key, nameOf(part, at));
    key.append(svg("rect", { width: 14, height: 14, rx: 2, fill, class: nameOf(part, at) }));
    return el("li", {}, key, ` ${part.title}`);
  };
  return el("ul", { class: "legend" }, ...parts.map(item));
}

function stacked(panel, size, labels, rows, parts, marks) {
  const sums = rows.map((row) => parts.reduce((sum, part) => sum + Math.max(0, number(row, part)), 0));
  const { drawing, x, y, width } = frame(size, Math.max(0, ...sums), panel, labels.length);
  const fills = parts.map((part, at) => filling(drawing, nameOf(part, at)));
  const each = width / Math.max(1, labels.length);
  rows.forEach((row, at) => {
    let below = 0;
    const column = svg("g", {}, svg("title", {}, [labels[at], ...parts.map((one) => `${one.title} ${fixed(number(row, one))}`)].join("\n")));
    column.append(svg("rect", { x: x(at), y: TOP, width: each, height: size.height - TOP - BOTTOM, class: "hover" }));
    parts.forEach((part, which) => {
      const value = Math.max(0, number(row, part));
      if (!value) return;
      const [top, bottom] = [y(below + value), y(below)];
      column.append(svg("rect", {
        x: x(at) + each * 0.12, y: top, width: Math.max(1, each * 0.76), height: Math.max(1, bottom - top),
        fill: fills[which], class: `block ${nameOf(part, which)}`,
      }));
      below += value;
    });
    drawing.append(column);
  });
  const room = labels.some((label) => /[\u4e00-\u9fff]/.test(label)) ? 96 : 56;
  const step = Math.ceil(labels.length / Math.max(1, Math.floor(width / room)));
  labels.forEach((label, at) => {
    if (at % step === 0) drawing.append(svg("text", { x: x(at) + each / 2, y: size.height - 8, class: "tick middle" }, short(label, step * each)));
  });
  for (const one of marks) {
    const at = x(one.at) + each / 2;
    drawing.append(svg("g", { class: `mark ${one.colour}` }, svg("title", {}, one.text),
      svg("path", { d: `M${at - 4} 4h8l-4 7z` }), svg("line", { x1: at, x2: at, y1: 11, y2: size.height - BOTTOM })));
  }
  return drawing;
}

function lines(panel, size, rows, time, parts, range, marks) {
  const values = rows.flatMap((row) => parts.map((part) => number(row, part)));
  const [from, to] = [range.from, range.to];
  const { drawing, y, width } = frame(size, Math.max(0, ...values), panel, 1);
  const x = (at) => LEFT + (width * (at - from)) / Math.max(1, to - from);
  parts.forEach((part, which) => {
    const points = rows.map((row) => `${x(instant(row[time.name])).toFixed(1)},${y(number(row, part)).toFixed(1)}`);
    const dash = ["", "6 3", "2 3", "8 3 2 3"][which % 4];
    drawing.append(svg("polyline", { points: points.join(" "), class: `line ${nameOf(part, which)}`, "stroke-dasharray": dash }, svg("title", {}, part.title)));
  });
  timeTicks(drawing, size, from, to, x);
  for (const one of marks.filter((mark) => mark.time >= from && mark.time < to)) {
    drawing.append(svg("g", { class: `mark ${one.colour}` }, svg("title", {}, one.text),
      svg("line", { x1: x(one.time), x2: x(one.time), y1: TOP, y2: size.height - BOTTOM })));
  }
  return drawing;
}

/** Draw a few instants below a drawing. */
export function timeTicks(drawing, size, from, to, x) {
  const count = Math.max(2, Math.min(8, Math.floor((size.width - LEFT) / 110)));
  const fine = to - from < 3 * DAY;
  for (let at = 0; at <= count; at += 1) {
    const when = from + ((to - from) * at) / count;
    const text = fine ? new Date(when).toISOString().slice(5, 16).replace("T", " ") : dayText(when);
    const place = at === 0 ? "start" : at === count ? "end" : "middle";
    drawing.append(svg("text", { x: x(when), y: size.height - 8, class: `tick ${place}` }, text));
  }
}

function frame(size, greatest, panel, count) {
  const drawing = svg("svg", { viewBox: `0 0 ${size.width} ${size.height}`, width: size.width, height: size.height });
  const top = nice(greatest);
  const [width, height] = [size.width - LEFT - RIGHT, size.height - TOP - BOTTOM];
  const y = (value) => TOP + height * (1 - value / top);
  const x = (at) => LEFT + (width * at) / Math.max(1, count);
  const steps = top <= 5 && Number.isInteger(top) ? top : /^[15]/.test(String(top)) ? 5 : 4;
  for (let at = 0; at <= steps; at += 1) {
    const value = (top * at) / steps;
    drawing.append(svg("line", { x1: LEFT, x2: size.width - RIGHT, y1: y(value), y2: y(value), class: "grid-line" }));
    drawing.append(svg("text", { x: LEFT - 6, y: y(value) + 4, class: "tick end" }, axisText(value, panel)));
  }
  return { drawing, x, y, width };
}

function axisText(value, panel) {
  if (panel.columns.some((column) => column.unit === "%")) return `${fixed(value * 100, 0)}%`;
  if (value >= 10000) return `${fixed(value / 10000)}万`;
  return fixed(value);
}

function nice(greatest) {
  if (greatest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(greatest));
  const step = [1, 2, 4, 5, 8, 10].find((one) => one * power >= greatest);
  return step * power;
}

function daysOf(range) {
  const days = [];
  for (let at = Math.floor(range.from / DAY) * DAY; at < range.to && days.length < 400; at += DAY) days.push(dayText(at));
  return days;
}

function filling(drawing, name) {
  const kind = PATTERNS[name];
  if (!kind) return "var(--c)";
  const id = fresh(kind);
  const shapes = {
    hatch: [svg("path", { d: "M0 6L6 0M-1 1L1 -1M5 7L7 5", class: "stroke" })],
    dots: [svg("circle", { cx: 3, cy: 3, r: 1.3, class: "dot" })],
    cross: [svg("path", { d: "M0 0L6 6M6 0L0 6", class: "stroke" })],
  };
  drawing.append(svg("defs", {}, svg("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", class: name },
    svg("rect", { width: 6, height: 6, class: "ground" }), ...shapes[kind])));
  return `url(#${id})`;
}

function nameOf(part, at) {
  return part.colour ?? PALETTE[at % PALETTE.length];
}

function number(row, part) {
  return Number(row[part.name] ?? 0) || 0;
}

function total(rows, part) {
  return rows.reduce((sum, row) => sum + number(row, part), 0);
}

function short(label, width) {
  const letters = Math.max(3, Math.floor(width / 12));
  return label.length > letters && /[\u4e00-\u9fff]/.test(label) ? `${label.slice(0, letters - 1)}…` : label;
}
