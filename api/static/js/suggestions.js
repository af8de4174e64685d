// Questions to begin with, for what is chosen: the assistant has tried each of them.

import { getJson } from "./api.js";
import { byId, element } from "./dom.js";
import { asQuery } from "./filters.js";

const SHOWN = 6;
const box = byId("suggestions");
let shown = box.dataset.known === "0" ? null : ""; // for which filters; none of them from the server's own page

export async function offerSuggestions() {
  const wanted = asQuery().toString();
  if (wanted === shown || byId("welcome").hidden) return;
  shown = wanted;
  box.setAttribute("aria-busy", "true");
  const found = await getJson(`/suggestions?${wanted}`).catch(() => null);
  if (wanted !== shown) return;
  box.setAttribute("aria-busy", "false");
  if (!found) shown = null;
  else show(found.questions, Boolean(wanted));
}

// After the library has changed, or was still being read.
export function askAnew() {
  shown = null;
  return offerSuggestions();
}

function show(questions, limited) {
  const rest = questions.slice(SHOWN);
  byId("suggested").hidden = !questions.length;
  byId("suggested").textContent = limited ? "Questions answered within these limits" : "Questions to begin with";
  const parts = [list(questions.slice(0, SHOWN))];
  if (rest.length) {
    const summary = element("summary", { textContent: `${rest.length} more question${rest.length === 1 ? "" : "s"}` });
    parts.push(element("details", { className: "more" }, summary, list(rest)));
  }
  box.replaceChildren(...(questions.length ? parts : []));
}

function list(questions) {
  const items = questions.map((question) =>
    element("li", {}, element("button", { type: "button", className: "suggestion", textContent: question })),
  );
  return element("ul", { className: "suggestions" }, ...items);
}

export function setUpSuggestions(ask) {
  box.addEventListener("click", (event) => {
    const pressed = event.target.closest(".suggestion");
    if (pressed) ask(pressed.textContent);
  });
}
