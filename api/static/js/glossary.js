// Terms of the glossary in an answer: the first time each stands there it can be pointed at, focused or tapped.

import { getJson } from "./api.js";
import { element } from "./dom.js";

const READ_FIRST_MS = 800; // a screen reader gets the answer as it was told, before anything in it changes
const NEAR_MS = 180;
const GAP = 6;
const LEFT_ALONE = "a, button, h3, .term";

let loading = null;
let open = null; // { button, card }
let timer = null;

// Marks the terms in the text of `node`, each once. Does nothing while the glossary cannot be had.
export async function markTerms(node) {
  const [known] = await Promise.all([terms(), new Promise((resolve) => setTimeout(resolve, READ_FIRST_MS))]);
  if (!known || !node.isConnected) return;
  node.setAttribute("aria-live", "off"); // what follows changes nothing that was not said already
  const seen = new Set();
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(LEFT_ALONE)) texts.push(walker.currentNode);
  for (const text of texts) markIn(text, known, seen);
}

function terms() {
  loading ??= load().then((made) => {
    if (!made) loading = null; // it is still being made: the next answer asks again
    return made;
  });
  return loading;
}

async function load() {
  const told = await getJson("/glossary").catch(() => null);
  if (!told?.ready || !told.terms.length) return null;
  document.head.append(element("link", { rel: "stylesheet", href: "/static/css/glossary.css" }));
  const byName = new Map();
  for (const term of told.terms) for (const name of term.marked) byName.set(plain(name), term);
  const names = [...byName.keys()].sort((one, other) => other.length - one.length);
  return { byName, pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${names.map(loose).join("|")})s?(?![\\p{L}\\p{N}])`, "giu") };
}

const plain = (name) => name.toLowerCase().replaceAll("’", "'").replace(/\s+/g, " ");
const loose = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("'", "['’]").replaceAll(" ", "\\s+");

// An abbreviation counts only in capitals: “pace” is a word, “PACE” is not.
function termOf(said, { byName }) {
  const term = byName.get(plain(said)) ?? byName.get(plain(said).replace(/s$/, ""));
  const short = term?.marked.find((name) => plain(name) === plain(said) || plain(`${name}s`) === plain(said));
  return short && short === short.toUpperCase() && !said.startsWith(short) ? null : term;
}

function markIn(text, known, seen) {
  const parts = [];
  let from = 0;
  for (const match of text.data.matchAll(known.pattern)) {
    const term = termOf(match[0], known);
    if (!term || seen.has(term.id)) continue;
    seen.add(term.id);
    parts.push(text.data.slice(from, match.index), marked(match[0], term));
    from = match.index + match[0].length;
  }
  if (parts.length) text.replaceWith(...parts, text.data.slice(from));
}

function marked(said, term) {
  const button = element("button", { type: "button", className: "term", textContent: said, "aria-expanded": "false" });
  button.addEventListener("click", () => (open?.button === button && open.pinned ? close() : show(button, term, true)));
  button.addEventListener("focus", () => button.matches(":focus-visible") && show(button, term, false));
  button.addEventListener("blur", (event) => {
    if (!open?.card.contains(event.relatedTarget)) close();
  });
  button.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && soon(() => show(button, term, false)));
  button.addEventListener("pointerleave", () => soon(leave));
  return button;
}

function soon(act) {
  clearTimeout(timer);
  timer = setTimeout(act, NEAR_MS);
}

function leave() {
  if (open && !open.pinned && document.activeElement !== open.button) close();
}

function show(button, term, pinned) {
  clearTimeout(timer);
  if (open?.button === button) {
    open.pinned ||= pinned;
    return;
  }
  close();
  const card = cardOf(term);
  button.after(card);
  button.setAttribute("aria-expanded", "true");
  button.setAttribute("aria-describedby", "term-text");
  open = { button, card, pinned };
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", () => soon(leave));
  card.addEventListener("focusout", (event) => {
    if (open && event.relatedTarget !== button && !card.contains(event.relatedTarget)) close();
  });
  card.showPopover?.();
  place(button, card);
}

function cardOf(term) {
  const [citation] = term.citations;
  const text = element("span", { id: "term-text" }, element("b", { textContent: term.term }), ": ", term.definition);
  const source = citation
    ? element("a", { href: pageOf(citation), textContent: `${citation.document_title}, ${citation.place}` })
    : element("span", { textContent: "In the programme’s own words" });
  const more = element("a", { href: `/glossary#${term.id}`, textContent: "Glossary" });
  return element("span", { className: "term-card", popover: "manual" }, text, element("small", {}, source, " · ", more));
}

function pageOf({ document_id, page, boxes }) {
  const marks = boxes.length ? `&boxes=${encodeURIComponent(boxes.map((box) => box.join(",")).join(";"))}` : "";
  return `/documents/${encodeURIComponent(document_id)}?page=${page}${marks}`;
}

// Below the word where there is room, else above it; never beyond the screen.
function place(button, card) {
  const at = button.getClientRects()[0] ?? button.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  const below = at.bottom + GAP + height <= innerHeight;
  card.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - width - GAP))}px`;
  card.style.top = `${below ? at.bottom + GAP : Math.max(GAP, at.top - height - GAP)}px`;
}

function close() {
  if (!open) return;
  const { button, card } = open;
  open = null;
  button.setAttribute("aria-expanded", "false");
  button.removeAttribute("aria-describedby");
  card.remove();
}

addEventListener("scroll", () => close(), { capture: true, passive: true });
addEventListener("pointerdown", (event) => {
  if (open && event.target !== open.button && !open.card.contains(event.target)) close();
});
addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation(); // the panel beside stays
    if (open.card.contains(document.activeElement)) open.button.focus();
    close();
  },
  { capture: true },
);
