// Big numbers: one for each value column, coloured by its thresholds, each leading to what stands behind it.

import { el } from "./dom.js";
import { address, colour, NOTHING, shown } from "./values.js";

/** Return the numbers of an answer of one row. */
export function stat(panel, answer) {
  const row = answer.rows[0] ?? {};
  const columns = answer.columns.filter((column) => !column.hidden);
  return el("div", { class: "stats" }, ...columns.map((column) => number(panel, column, row, columns.length > 1)));
}

function number(panel, column, row, several) {
  const value = row[column.name] ?? null;
  const link = [...(column.links ?? []), ...panel.links][0];
  const href = link ? address(link, row) : null;
  const words = shown(value, column).split(" ");
  const split = words.length > 1 && column.unit && words.at(-1) === column.unit;
  const big = el("span", { class: "big" }, split ? words.slice(0, -1).join(" ") : words.join(" "));
  const unit = split ? el("span", { class: "unit" }, ` ${words.at(-1)}`) : null;
  const label = several ? el("span", { class: "label" }, column.title) : null;
  const coloured = value === null ? null : colour(value, column);
  const name = coloured ? `number-box filled ${coloured}` : "number-box";
  const box = el(href && value !== null ? "a" : "div", { class: name, href: value === null ? null : href, title: link?.title },
    label, value === null ? el("span", { class: "big" }, NOTHING) : big, unit);
  box.style.setProperty("--letters", String(big.textContent.length + (unit ? 2 * unit.textContent.length : 0)));
  return box;
}
