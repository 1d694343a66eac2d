// Form controls for the variables of a screen: lists to tick, filled when they are opened.

import { el } from "./dom.js";
import { ask } from "./ask.js";

const MOST = 300;

/** Make the controls of the page work. */
export function prepare(screen) {
  for (const control of document.querySelectorAll("details.choice")) {
    control.addEventListener("toggle", () => control.open && fill(screen, control), { once: false });
    control.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && control.open) {
        control.open = false;
        control.querySelector("summary").focus();
      }
    });
  }
  document.addEventListener("click", (event) => {
    for (const control of document.querySelectorAll("details.choice[open]")) {
      if (!control.contains(event.target)) control.open = false;
    }
  });
  for (const input of document.querySelectorAll("input[type=date]")) input.dataset.was = input.value;
  for (const form of document.querySelectorAll("form.choices")) {
    form.addEventListener("submit", () => leaveOutTheUntouched(form));
  }
}

async function fill(screen, control) {
  if (control.dataset.filled) return;
  const box = control.querySelector("fieldset");
  const name = control.dataset.name;
  const more = JSON.parse(control.dataset.more);
  let options = more.options;
  if (!options) {
    try {
      const said = await ask(`/choices/${screen.key}/${name}${location.search}`);
      options = said.data;
    } catch (error) {
      box.append(el("p", { class: "trouble" }, error.message));
      return;
    }
  }
  control.dataset.filled = "yes";
  const chosen = new Set([...box.querySelectorAll("input[type=hidden]")].map((input) => input.value));
  box.querySelectorAll("input[type=hidden]").forEach((input) => input.remove());
  const known = new Set(options.map(([value]) => value));
  const all = [...options, ...[...chosen].filter((value) => !known.has(value)).map((value) => [value, value])];
  const list = el("ul", {});
  for (const [value, text] of all) {
    const input = el("input", { type: "checkbox", name, value, checked: chosen.has(value) });
    list.append(el("li", {}, el("label", {}, input, ` ${text}`)));
  }
  if (all.length > 12) box.append(finder(list));
  box.append(list);
  list.addEventListener("change", () => count(control, list));
  limit(list, "");
}

function finder(list) {
  const input = el("input", { type: "search", placeholder: "输入几个字筛选", "aria-label": "筛选", autocomplete: "off" });
  input.addEventListener("input", () => limit(list, input.value.trim()));
  input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  return input;
}

function limit(list, words) {
  let seen = 0;
  for (const item of list.children) {
    const fits = item.textContent.includes(words) || item.querySelector("input").value.includes(words);
    item.hidden = !fits || (seen >= MOST && !item.querySelector("input").checked);
    if (fits) seen += 1;
  }
}

function count(control, list) {
  const many = list.querySelectorAll("input:checked").length;
  control.querySelector("summary b").textContent = many ? `已选 ${many} 项` : "全部";
}

/** A date nobody touched is left out of the address, so that the range goes on moving with the clock. */
function leaveOutTheUntouched(form) {
  for (const input of form.querySelectorAll("input[type=date]")) {
    if (input.dataset.given === undefined && input.value === input.dataset.was) input.disabled = true;
  }
}
