// What is new: asked again and again; a new card is said at once, to the eye and to a screen reader.

import { ask } from "./ask.js";
import { el } from "./dom.js";

const EVERY = 700, LATER = 3000, KEPT = 8;
const SIGNS = { red: "● 红牌", yellow: "◆ 黄牌", notice: "○ 预警" };

/** Ask what is new, for ever; ``changed`` is called when the store has changed. */
export function follow(changed) {
  const state = { version: null, told: new Set() };
  const again = async () => {
    if (document.hidden) return setTimeout(again, EVERY);
    const wait = await look(state, changed);
    return setTimeout(again, wait);
  };
  again();
}

async function look(state, changed) {
  const standing = document.getElementById("standing");
  try {
    const said = await ask(`/live?since=${state.version ?? ""}`);
    say(standing, said.run ? `截至 ${said.now.slice(0, 16)}` : "还没有任何运行", "well");
    if (said.news) tell(said.news, state.told, state.version === null);
    const moved = state.version !== null && state.version !== said.version;
    state.version = said.version;
    if (moved) changed();
    return EVERY;
  } catch (error) {
    say(standing, `${error.message}；所示为此前的数据`, "away");
    return LATER;
  }
}

function say(standing, text, name) {
  if (standing.textContent !== text) standing.textContent = text;
  standing.className = name;
}

function tell(news, told, first) {
  const list = document.getElementById("news");
  const key = (one) => `${one.card_id}#${one.seq}`;
  for (const one of [...news].reverse()) {
    if (told.has(key(one))) continue;
    told.add(key(one));
    const item = el("li", { class: first ? null : "just" }, line(one));
    list.prepend(item);
  }
  while (list.children.length > KEPT) list.lastElementChild.remove();
}

function line(one) {
  return el("a", { href: `/card/${encodeURIComponent(one.card_id)}` },
    el("span", { class: `chip ${one.level}` }, SIGNS[one.level] ?? one.level),
    ` ${one.move_name} ${one.rule_name} `,
    el("span", { class: "where" }, `${one.org_name} ${one.known_at.slice(5, 16)}`));
}
