// The list of kept conversations: beside the talk where there is room, in a drawer where there is not.

import { getJson } from "./api.js";
import { currentId } from "./conversation.js";
import { button, byId, element } from "./dom.js";
import { conversationItem } from "./history-item.js";

const HIDDEN = "history-hidden";
const TYPING_MS = 200;
const SOON_MS = 1000;
const narrow = matchMedia("(max-width: 60rem)");
const toggle = byId("history-toggle");
const drawer = byId("drawer");
const search = byId("history-search");
let calls = {};
let request = 0;
let shown = []; // conversations on the page
let timer = 0;
let soon = 0;

// For a question that was just asked: reading the list at once would take from the time of its answer.
export function refreshHistorySoon() {
  clearTimeout(soon);
  soon = setTimeout(refreshHistory, SOON_MS);
}

export async function refreshHistory() {
  clearTimeout(soon);
  const mine = (request += 1);
  const words = search.value.trim();
  const limit = Math.min(50, Math.max(30, words ? 30 : shown.length));
  const found = await getJson(`/conversations?${new URLSearchParams({ q: words, limit })}`).catch((error) => error);
  if (mine !== request || byId("history-list").querySelector("form")) return; // not under a title that is being written
  if (found instanceof Error) return say(found.sentence ?? "The list cannot be read. Try again.");
  shown = found.conversations;
  show(words, found.next);
}

async function showMore(before) {
  const words = search.value.trim();
  const found = await getJson(`/conversations?${new URLSearchParams({ q: words, before })}`).catch(() => null);
  if (!found) return;
  const at = shown.length;
  shown = [...shown, ...found.conversations];
  show(words, found.next);
  byId("history-list").querySelectorAll("a.talked")[at]?.focus();
}

function show(words, next) {
  const focused = document.activeElement?.closest?.("#history-list li")?.dataset.id;
  const groups = words ? new Map([["", shown]]) : Map.groupBy ? Map.groupBy(shown, dayWord) : grouped(shown);
  const nodes = [...groups].flatMap(([day, list]) => group(day, list));
  if (next) nodes.push(button("Show more", () => showMore(next), "quiet more-talks"));
  byId("history-list").replaceChildren(...nodes);
  const count = shown.length + (next ? "+" : "");
  say(words ? (shown.length ? `${count} found` : "Nothing found. Try fewer or other words.") : shown.length ? "" : EMPTY);
  if (focused) byId("history-list").querySelector(`li[data-id="${CSS.escape(focused)}"] a`)?.focus();
  markCurrent();
}

const EMPTY = "Your conversations will be listed here.";

function group(day, list) {
  const items = list.map((one) => conversationItem(one, { ...calls, refresh: refreshHistory }));
  const label = day ? [element("h3", { textContent: day })] : [];
  return [...label, element("ul", { "aria-label": day || "Found" }, ...items)];
}

function grouped(list) {
  const groups = new Map();
  for (const one of list) groups.set(dayWord(one), [...(groups.get(dayWord(one)) ?? []), one]);
  return groups;
}

function dayWord({ updated_at }) {
  const midnight = (moment) => new Date(moment).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(Date.now()) - midnight(updated_at)) / 86_400_000);
  if (days < 1) return "Today";
  if (days < 2) return "Yesterday";
  return days <= 7 ? "Last week" : "Earlier";
}

export function markCurrent() {
  const current = currentId();
  for (const item of byId("history-list").querySelectorAll("li")) {
    const link = item.querySelector("a");
    if (item.dataset.id === current) link?.setAttribute("aria-current", "page");
    else link?.removeAttribute("aria-current");
  }
  const title = shown.find((one) => one.conversation_id === current)?.title;
  document.title = title ? `${title} · ${byId("home").textContent.trim()}` : byId("home").textContent.trim();
}

const say = (words) => (byId("history-said").textContent = words);

// Where the list stands

function place() {
  const nav = byId("history");
  if (narrow.matches) drawer.append(nav);
  else byId("history-place").append(nav);
  if (!narrow.matches && drawer.open) drawer.close();
  showState();
}

const isHidden = () => document.body.classList.contains("without-history");

function showState() {
  toggle.setAttribute("aria-expanded", String(narrow.matches ? drawer.open : !isHidden()));
}

function press() {
  if (narrow.matches) drawer.showModal();
  else {
    document.body.classList.toggle("without-history");
    localStorage.setItem(HIDDEN, isHidden() ? "yes" : "");
  }
  showState();
}

export function closeDrawer() {
  if (drawer.open) drawer.close();
}

// `open(id, message)` shows a conversation, `gone(id)` is told that one was deleted.
export function setUpHistory(given) {
  calls = given;
  document.body.classList.toggle("without-history", localStorage.getItem(HIDDEN) === "yes");
  narrow.addEventListener("change", place);
  place();
  toggle.addEventListener("click", press);
  byId("close-drawer").addEventListener("click", closeDrawer);
  drawer.addEventListener("close", showState);
  drawer.addEventListener("click", (event) => event.target === drawer && closeDrawer());
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refreshHistory, TYPING_MS);
  });
  refreshHistory();
}
