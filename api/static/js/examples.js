// The examples: filters that change the address, more of the list, copying, and collecting on a board.

import { getJson } from "./api.js";
import { addToBoard, chooseBoard, chosenBoard, readBoards } from "./boards.js";
import { card } from "./cards.js";
import { leadBack } from "./conversation.js";
import { copyText, withReference } from "./copy.js";
import { byId, element } from "./dom.js";

const WAIT = 300; // ms after a key, before the list is asked for
const AGAIN = 3000; // ms until a library that is still being looked through is asked again

const form = byId("facets");
const list = byId("list");
const more = byId("more");
const names = JSON.parse(document.querySelector("main").dataset.names);
let asked = 0;
let timer = null;

function query() {
  const chosen = new URLSearchParams(new FormData(form));
  if (!chosen.get("q").trim()) chosen.delete("q");
  return chosen;
}

// A form that comes back through the history has the browser's idea of what was ticked.
function readAddress() {
  const address = new URLSearchParams(location.search);
  byId("q").value = address.get("q") ?? "";
  for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = address.getAll(box.name).includes(box.value);
}

async function load({ push = false, focus = false } = {}) {
  clearTimeout(timer);
  const mine = (asked += 1);
  const chosen = query();
  if (push) history.pushState(null, "", `/examples${chosen.size ? `?${chosen}` : ""}`);
  list.setAttribute("aria-busy", "true");
  try {
    const found = await getJson(`/examples?${chosen}`);
    if (mine === asked) show(found, chosen, focus);
  } catch (error) {
    if (mine === asked) fail(error);
  }
  if (mine === asked) list.removeAttribute("aria-busy");
}

function show(found, chosen, focus) {
  list.replaceChildren(...found.items.map((item) => card(item, names)));
  const total = `${found.total} example${found.total === 1 ? "" : "s"}`;
  byId("total").textContent = total;
  say(total);
  byId("problem").hidden = true;
  byId("nothing").hidden = found.total > 0;
  byId("clear").hidden = !chosen.size;
  showCursor(found.cursor);
  showCounts(found.counts);
  wait(found.whole);
  if (focus) byId("total").focus();
}

function showCounts(counts) {
  for (const label of form.querySelectorAll(".choice")) {
    const box = label.querySelector("input");
    const count = counts[box.name]?.[box.value] ?? 0;
    label.querySelector(".number").textContent = count;
    label.hidden = !count && !box.checked;
  }
  for (const set of form.querySelectorAll("fieldset")) set.hidden = !set.querySelector(".choice:not([hidden])");
  const ticked = form.querySelectorAll("input:checked").length;
  byId("all-facets").querySelector("summary").textContent = ticked ? `Filters (${ticked} chosen)` : "Filters";
}

function showCursor(cursor) {
  more.dataset.cursor = cursor ?? "";
  more.hidden = !cursor;
}

function wait(whole) {
  byId("unfinished").hidden = whole;
  // Only while a person is still at the top: what they are reading must not move
  if (!whole) timer = setTimeout(() => (scrollY < 200 ? load() : wait(whole)), AGAIN);
}

async function loadMore() {
  more.disabled = true;
  try {
    const chosen = query();
    chosen.set("cursor", more.dataset.cursor);
    const found = await getJson(`/examples?${chosen}`);
    const cards = found.items.map((item) => card(item, names));
    list.append(...cards);
    showCursor(found.cursor);
    say(`${cards.length} more examples. ${list.childElementCount} of ${found.total} shown.`);
    const first = cards[0]?.querySelector("button");
    first?.focus({ preventScroll: true });
  } catch (error) {
    if (error.status === 409) await load({ focus: true });
    else fail(error);
  }
  more.disabled = false;
}

async function act(event) {
  const pressed = event.target.closest("button");
  if (!pressed) return;
  const item = JSON.parse(pressed.closest(".example").dataset.item);
  if (pressed.classList.contains("copy")) await copy(item, pressed);
  if (pressed.classList.contains("add")) await add(item, pressed);
}

async function copy(item, pressed) {
  const done = await copyText(withReference(item));
  flash(pressed, done ? "Copied" : "Not copied");
  say(done ? "Copied with its reference." : "This browser does not let pages copy. Select the text and copy it.");
}

async function add(item, pressed) {
  pressed.disabled = true;
  try {
    const { name, isNew } = await addToBoard(item);
    flash(pressed, isNew ? "Added" : "On the board already");
    say(`${isNew ? "Added to" : "Already on"} “${name}”.`);
    await showBoards();
  } catch (error) {
    fail(error);
  }
  pressed.disabled = false;
  pressed.focus();
}

function flash(pressed, text) {
  const before = pressed.dataset.name ?? pressed.textContent;
  pressed.dataset.name = before;
  pressed.textContent = text;
  setTimeout(() => (pressed.textContent = before), 2500);
}

async function showBoards() {
  const boards = await readBoards();
  const options = boards.map(({ id, name, count }) => element("option", { value: id, textContent: `${name} (${count})` }));
  byId("boards").replaceChildren(...options);
  byId("boards").value = chosenBoard();
  byId("choose-board").hidden = false;
  byId("board-count").textContent = boards.find((board) => board.id === chosenBoard())?.count || "";
}

function say(text) {
  byId("said").textContent = text;
}

function fail(error) {
  byId("problem").textContent = error.sentence ?? error.message;
  byId("problem").hidden = false;
}

leadBack();
const wide = matchMedia("(min-width: 60rem)");
const unfold = () => (byId("all-facets").open = wide.matches || byId("all-facets").open);
wide.addEventListener("change", unfold);
unfold();
byId("apply").hidden = true;
readAddress();
form.addEventListener("change", (event) => event.target.type === "checkbox" && load({ push: true }));
byId("q").addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => load({ push: true }), WAIT);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  load({ push: true });
});
byId("clear").addEventListener("click", (event) => {
  event.preventDefault();
  byId("q").value = "";
  for (const box of form.querySelectorAll("input:checked")) box.checked = false;
  load({ push: true, focus: true });
});
addEventListener("popstate", () => {
  readAddress();
  load();
});
more.addEventListener("click", loadMore);
list.addEventListener("click", act);
byId("boards").addEventListener("change", (event) => {
  chooseBoard(event.target.value);
  showBoards();
});
showBoards().catch(fail);
wait(byId("unfinished").hidden);
