// The wall: screens in turn, in full height, with a way to hold and to go on by key.

import { el } from "./dom.js";

const LEAST = 5, FULL = 24;

/** Show the wall if the address asks for it (``?kiosk=SECONDS``). */
export function begin(screen) {
  const asked = new URLSearchParams(location.search).get("kiosk");
  if (asked === null) return;
  const seconds = Math.max(LEAST, Number(asked) > 1 ? Number(asked) : 20);
  document.body.classList.add("kiosk");
  document.documentElement.classList.add("dark");
  document.querySelector(".brand").textContent = document.title;
  fit();
  const go = (path) => {
    const there = new URL(path, location.href);
    there.searchParams.set("kiosk", String(seconds));
    location.replace(there);
  };
  const control = el("button", { type: "button", class: "hold", "aria-pressed": "false" }, "暂停轮播");
  const place = el("span", { class: "place" }, `${screen.wall.place} / ${screen.wall.of}`);
  document.querySelector("header.top").append(place, control);
  let left = seconds, held = false;
  const hold = () => {
    held = !held;
    control.setAttribute("aria-pressed", String(held));
    control.textContent = held ? "继续轮播" : "暂停轮播";
  };
  control.addEventListener("click", hold);
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("a, button, input, summary, select")) return;
    if (event.key === "ArrowRight") go(screen.wall.next);
    if (event.key === "ArrowLeft") go(screen.wall.before);
    if (event.key === " ") {
      event.preventDefault();
      hold();
    }
  });
  setInterval(() => {
    if (held || document.hidden) return;
    left -= 1;
    if (left <= 0) go(screen.wall.next);
  }, 1000);
}

/** Give the rows that fit the height of the wall; the most urgent come first, what is below is left to the desk. */
function fit() {
  const panels = [...document.querySelectorAll(".panel")];
  const [wide, high] = ["w", "h"].map((word) => panels.map((one) => Number(one.className.match(new RegExp(`\\b${word}(\\d+)\\b`))[1])));
  let x = 0, y = 0, row = 0, shownRows = 0;
  panels.forEach((panel, at) => {
    if (x + wide[at] > 24) [x, y, row] = [0, y + row, 0];
    row = Math.max(row, high[at]);
    x += wide[at];
    if (y + high[at] > FULL) panel.hidden = true;
    else shownRows = Math.max(shownRows, y + high[at]);
  });
  document.querySelector(".grid").style.setProperty("--rows", String(shownRows));
}
