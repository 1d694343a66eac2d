// A panel, drawn as its kind says; while it is asked again the old picture stays.

import { bars, series } from "./chart.js";
import { el } from "./dom.js";
import { stat } from "./stat.js";
import { table, whole } from "./table.js";
import { timeline } from "./timeline.js";

const EMPTY_IS_DRAWN = new Set(["stat"]);

/** Return an answer with rows as objects and columns as they are described, in the order of the description. */
export function read(panel, said) {
  const types = new Map(said.meta.map((one) => [one.name, one.type]));
  const names = said.meta.map((one) => one.name);
  const rows = said.data.map((row) => Object.fromEntries(row.map((value, at) => [names[at], value])));
  const columns = panel.columns.filter((one) => types.has(one.name)).map((one) => ({ ...one, type: types.get(one.name) }));
  return { columns, rows };
}

/** Draw an answer into the body of a panel. */
export function draw(body, panel, answer, range, marks) {
  const opened = body.querySelector("details.numbers")?.open ?? false;
  const scrolled = body.querySelector(".scroll")?.scrollTop ?? 0;
  const focused = body.contains(document.activeElement) ? [...body.querySelectorAll("a, summary, [tabindex]")].indexOf(document.activeElement) : -1;
  body.replaceChildren(picture(body, panel, answer, range, marks));
  const details = body.querySelector("details.numbers");
  if (details) details.open = opened;
  const scroll = body.querySelector(".scroll");
  if (scroll) scroll.scrollTop = scrolled;
  if (scroll && !details && document.body.classList.contains("kiosk")) whole(scroll);
  if (focused >= 0) [...body.querySelectorAll("a, summary, [tabindex]")][focused]?.focus({ preventScroll: true });
  body.setAttribute("aria-busy", "false");
  body.dataset.drawn = "yes";
}

/** Say in a panel why it shows nothing. */
export function fail(body, message) {
  if (body.dataset.drawn !== "yes") body.replaceChildren(el("p", { class: "trouble", role: "alert" }, message));
  body.setAttribute("aria-busy", "false");
}

function picture(body, panel, answer, range, marks) {
  if (!answer.rows.length && !EMPTY_IS_DRAWN.has(panel.kind)) return el("p", { class: "empty" }, panel.empty);
  const size = sizeOf(body, panel);
  switch (panel.kind) {
    case "stat": return stat(panel, answer);
    case "series": return series(panel, answer, size, range, marks);
    case "bars": return bars(panel, answer, size);
    case "timeline": return timeline(panel, answer, size);
    default: return table(panel, answer);
  }
}

function sizeOf(body, panel) {
  const legend = panel.kind === "timeline" ? 26 : 54;
  return { width: Math.max(240, body.clientWidth - 2), height: Math.max(90, body.clientHeight - legend) };
}
