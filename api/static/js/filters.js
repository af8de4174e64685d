// What answers are limited to, by click: models, councils, documents, years and collections that a person sees.

import { getJson } from "./api.js";
import { currentId } from "./conversation.js";
import { byId, element } from "./dom.js";

const DIMENSIONS = { models: "Model", adopters: "Council", documents: "Document", years: "Year", collections: "Who may see it" };
const PARAMETERS = { models: "model", adopters: "adopter", documents: "document", years: "year", collections: "collection" };
const KEPT = "filters";
const none = () => ({ models: [], adopters: [], documents: [], years: [], collections: [] });
const names = new Map(); // of every value that was ever offered
let filters = none();
let facets = null;
let changed = () => {};
let named = () => {};
export const filtersNamed = new Promise((resolve) => (named = resolve)); // or that they cannot be

export const chosen = () => structuredClone(filters);
const isSet = (some) => Boolean(some && Object.values(some).some((values) => values.length));

export const asQuery = (some = filters) =>
  new URLSearchParams(Object.keys(PARAMETERS).flatMap((of) => some[of].map((value) => [PARAMETERS[of], value])));

export function documentsInScope() {
  const all = facets?.documents ?? [];
  return isSet(filters) && facets ? documentsLeft() : all.length || Number(byId("document-count").textContent);
}

// With a model or a council chosen, as many as hold a passage of it
function documentsLeft() {
  const left = facets.documents.filter((one) => one.passages > 0).map((one) => one.id);
  return filters.documents.length ? filters.documents.filter((id) => left.includes(id)).length : left.length;
}

// “Only No Wrong Door · 2024”
export function describe(some) {
  if (!isSet(some)) return "";
  return `Only ${Object.keys(DIMENSIONS).flatMap((of) => some[of].map((value) => nameOf(of, value))).join(" · ")}`;
}

const nameOf = (of, value) => names.get(`${of} ${value}`) ?? (of === "documents" ? "a document that is gone" : value);

// Those of a conversation: what was chosen in this tab since, else those of its last question.
export function openFilters(id, last) {
  const kept = sessionStorage.getItem(`${KEPT} ${id ?? ""}`);
  choose(kept ? JSON.parse(kept) : (last ?? none()), { keep: false });
}

export const useFilters = (some) => choose(some ?? none());

function choose(some, { keep = true } = {}) {
  filters = { ...none(), ...structuredClone(some) };
  if (keep) keepFilters();
  showChips();
  load();
  changed();
}

// Also under the id that a new conversation gets with its first question
export function keepFilters() {
  sessionStorage.setItem(`${KEPT} ${currentId() ?? ""}`, JSON.stringify(filters));
}

async function load() {
  const asked = asQuery().toString();
  const loaded = await getJson(`/filters?${asked}`).catch(() => null);
  for (const of of Object.keys(DIMENSIONS)) for (const one of loaded?.[of] ?? []) names.set(`${of} ${one.id}`, one.name);
  named();
  if (!loaded || asked !== asQuery().toString()) return;
  facets = loaded;
  if (dropUnknown()) return;
  showChips();
  showOptions();
}

// What the library has no more would leave every question without an answer.
function dropUnknown() {
  const kept = Object.fromEntries(
    Object.keys(DIMENSIONS).map((of) => [of, filters[of].filter((value) => facets[of].some((one) => one.id === value))]),
  );
  if (asQuery(kept).toString() === asQuery().toString()) return false;
  choose(kept);
  return true;
}

function showChips() {
  const list = byId("chosen");
  const chips = Object.keys(DIMENSIONS).flatMap((of) => filters[of].map((value) => chip(of, value)));
  list.replaceChildren(...chips);
  byId("clear-filters").hidden = !chips.length;
  byId("clear-in-panel").hidden = !chips.length;
}

function chip(of, value) {
  const node = element("button", { type: "button", className: "set" });
  const cross = element("span", { textContent: "×" });
  cross.setAttribute("aria-hidden", "true");
  node.append(element("span", { className: "name", textContent: nameOf(of, value), dir: "auto" }), cross);
  node.setAttribute("aria-label", `Remove the limit to ${nameOf(of, value)}`);
  node.addEventListener("click", () => {
    choose({ ...filters, [of]: filters[of].filter((one) => one !== value) });
    (byId("chosen").querySelector("button") ?? byId("filter-button")).focus();
  });
  return element("li", {}, node);
}

function showOptions() {
  const focused = document.activeElement?.dataset?.option;
  const sets = Object.keys(DIMENSIONS).filter((of) => facets[of].length);
  byId("options").replaceChildren(...sets.map(optionSet));
  byId("no-options").hidden = sets.length > 0;
  if (focused) byId("options").querySelector(`[data-option="${CSS.escape(focused)}"]`)?.focus();
}

function optionSet(of) {
  const set = element("fieldset", { className: "options" }, element("legend", { textContent: DIMENSIONS[of] }));
  for (const one of facets[of]) {
    const box = element("input", { type: "checkbox", checked: filters[of].includes(one.id) });
    box.dataset.option = `${of} ${one.id}`;
    box.addEventListener("change", () => {
      const rest = filters[of].filter((value) => value !== one.id);
      choose({ ...filters, [of]: box.checked ? [...rest, one.id] : rest });
    });
    const count = element("span", { className: "passages", textContent: one.passages });
    count.append(element("span", { className: "visually-hidden", textContent: one.passages === 1 ? " passage" : " passages" }));
    const name = element("span", { className: "name", textContent: one.name, dir: "auto" });
    const label = element("label", { className: one.passages || box.checked ? "" : "none" }, box, name, count);
    set.append(label);
  }
  return set;
}

function openPanel(open) {
  byId("filter-panel").hidden = !open;
  byId("filter-button").setAttribute("aria-expanded", String(open));
  if (open) load();
}

function clear() {
  choose(none());
  byId("filter-button").focus();
}

export function setUpFilters(onChange) {
  changed = onChange;
  load();
  const [panel, opener] = [byId("filter-panel"), byId("filter-button")];
  opener.addEventListener("click", () => openPanel(panel.hidden));
  byId("close-filters").addEventListener("click", () => {
    openPanel(false);
    opener.focus();
  });
  byId("clear-filters").addEventListener("click", clear);
  byId("clear-in-panel").addEventListener("click", clear);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopImmediatePropagation(); // one press closes one thing
    openPanel(false);
    opener.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!panel.hidden && !event.target.closest("#filter-panel, #filter-button")) openPanel(false);
  });
}
