// Tables and rankings: a caption, headings, and what leads further.

import { el } from "./dom.js";
import { address, colour, isNumber, shown } from "./values.js";

const LONG = 26, SENTENCE = 20, MANY = 10;

/** Return a table of the rows of an answer. */
export function table(panel, answer) {
  const columns = answer.columns.filter((column) => !column.hidden);
  if (answer.rows.length === 1 && columns.length > MANY) return facts(panel, columns, answer.rows[0]);
  const greatest = new Map(columns.filter((one) => one.bar).map((one) => [one.name, most(answer.rows, one)]));
  const head = columns.map((one) => el("th", { scope: "col", class: numeric(one, answer) ? "number" : null }, one.title));
  const rows = answer.rows.map((row) => el("tr", {}, ...columns.map((one) => cell(one, row, answer, greatest))));
  return el(
    "div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `${panel.title}：表` },
    el("table", {},
      el("caption", { class: "unseen" }, `${panel.title}，${answer.rows.length} 行`),
      el("thead", {}, el("tr", {}, ...head)),
      el("tbody", {}, ...rows)),
  );
}

/** Return one row of many columns as a list of terms: nobody scrolls sideways through one thing. */
function facts(panel, columns, row) {
  const items = columns.map((one) => el("div", {}, el("dt", {}, one.title), el("dd", {}, ...content(one, row))));
  return el("dl", { class: "facts scroll", tabindex: "0", role: "region", "aria-label": panel.title }, ...items);
}

function cell(column, row, answer, greatest) {
  const value = row[column.name];
  const to = el("td", { class: numeric(column, answer) ? "number" : null }, ...content(column, row));
  if (column.bar) {
    to.classList.add("measured");
    to.append(bar(Number(value), greatest.get(column.name), column.colour));
  }
  if (wide(value)) to.classList.add(value.length > SENTENCE ? "sentence" : "words");
  return to;
}

/** Return what stands for a value: its text, coloured and leading further where it should. */
function content(column, row) {
  const value = row[column.name];
  const text = shown(value, column);
  const colored = colour(value, column);
  const link = column.links?.length ? address(column.links[0], row) : null;
  const inner = colored ? [el("span", { class: `chip ${colored}` }, text)] : letters(text);
  return link && value !== "" ? [el("a", { href: link, title: `${column.links[0].title} ${text}` }, ...inner)] : inner;
}

/** Return a text; of a long number the eye gets its ends, a screen reader and paper get all of it. */
function letters(text) {
  if (text.length < LONG || !/^[\w.:#-]+$/.test(text)) return [text];
  return [
    el("span", { class: "whole" }, text),
    el("span", { class: "brief", "aria-hidden": "true" }, `${text.slice(0, 4)}…${text.slice(-12)}`),
  ];
}

function bar(value, greatest, name) {
  const drawn = el("span", { class: `bar ${name ?? "calm"}`, "aria-hidden": "true" });
  drawn.style.width = `${greatest > 0 ? Math.max(1, (100 * value) / greatest) : 0}%`;
  return drawn;
}

function most(rows, column) {
  return rows.reduce((found, row) => Math.max(found, Number(row[column.name]) || 0), 0);
}

function numeric(column, answer) {
  const value = answer.rows.find((row) => row[column.name] !== null)?.[column.name];
  return !column.mappings && isNumber(value, column);
}

function wide(value) {
  return typeof value === "string" && value.length > 7 && /[\u4e00-\u9fff]/.test(value);
}

/** Hide the rows of a table that its place shows only in part: on a wall nobody scrolls. */
export function whole(scroll) {
  const rows = [...scroll.querySelectorAll("tbody tr")];
  for (const row of rows) row.hidden = false;
  const bottoms = rows.map((row) => row.offsetTop + row.offsetHeight);
  rows.forEach((row, at) => {
    row.hidden = at > 0 && bottoms[at] > scroll.clientHeight;
  });
}
