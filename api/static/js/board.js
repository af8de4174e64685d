// A board: its entries in their order, with notes; everything is kept as soon as it is done.

import { getJson, postJson, request } from "./api.js";
import { entry } from "./board-item.js";
import { chooseBoard, chosenBoard, readBoards, sendJson } from "./boards.js";
import { leadBack } from "./conversation.js";
import { copyText, withReference } from "./copy.js";
import { byId, element } from "./dom.js";
import { setUpDragging, step } from "./moving.js";

const WAIT = 600; // ms after a key, before a note is kept

const list = byId("items");
let items = new Map();
let removed = null; // the entry that was taken off last
let unsent = null; // the order that is to be kept next
let sending = null; // while orders are being kept
let naming = null; // what the form for a name does
const timers = new Map();

const path = (rest = "") => `/boards/${chosenBoard()}${rest}`;

async function guarded(work) {
  try {
    byId("problem").hidden = true;
    return await work();
  } catch (error) {
    byId("problem").textContent = error.sentence ?? error.message;
    byId("problem").hidden = false;
    return null;
  }
}

async function open() {
  const boards = await readBoards();
  const options = boards.map(({ id, name }) => element("option", { value: id, textContent: name }));
  byId("boards").replaceChildren(...options);
  byId("boards").value = chosenBoard();
  await refresh();
}

async function refresh() {
  show(await getJson(path()));
}

function show(board) {
  items = new Map(board.items.map((item) => [item.id, item]));
  list.replaceChildren(...board.items.map(entry));
  for (const area of list.querySelectorAll("textarea")) grow(area);
  byId("name").textContent = board.name;
  document.title = document.title.replace(/^.*?·/, `${board.name} ·`);
  const quotes = board.items.filter((item) => item.kind === "quote").length;
  byId("summary").textContent = quotes === 1 ? "1 quote" : `${quotes} quotes`;
  byId("empty").hidden = board.items.length > 0;
  byId("exports").hidden = !board.items.length;
  for (const link of byId("exports").querySelectorAll("a")) link.href = `/api/v1${path(`/export?format=${link.dataset.format}`)}`;
  byId("references-box").hidden = !board.references.length;
  byId("references").replaceChildren(...board.references.map((text) => element("li", { textContent: text })));
}

const nodeOf = (id) => byId(`i-${id}`);

// One order is sent after the other, so that the last one stays; those that came in between need not be sent.
function keepOrder(node) {
  const items = [...list.children].map((each) => each.dataset.id);
  unsent = { to: path("/order"), items, moved: node.dataset.id };
  sending ??= sendOrders().finally(() => (sending = null));
  return sending;
}

async function sendOrders() {
  let sent;
  while (unsent) {
    [sent, unsent] = [unsent, null];
    await sendJson("PUT", sent.to, { items: sent.items });
  }
  say(`Moved to place ${sent.items.indexOf(sent.moved) + 1} of ${sent.items.length}.`);
}

async function act(event) {
  const pressed = event.target.closest("button");
  const node = event.target.closest(".item");
  if (!pressed || !node) return;
  const is = (name) => pressed.classList.contains(name);
  if (is("up") || is("down")) {
    if (!step(node, is("up"))) return;
    pressed.focus();
    await guarded(() => keepOrder(node));
  } else if (is("off")) await guarded(() => takeOff(node));
  else if (is("copy")) await copy(items.get(node.dataset.id));
}

async function takeOff(node) {
  const { id } = node.dataset;
  const next = node.nextElementSibling ?? node.previousElementSibling;
  await flush();
  await sendJson("PATCH", path(`/items/${id}`), { removed: true });
  removed = { id, board: chosenBoard() };
  await refresh();
  byId("undone").textContent = "Taken off the board.";
  byId("undo").hidden = false;
  say("Taken off the board. Undo puts it back.");
  (nodeOf(next?.dataset.id)?.querySelector(".off") ?? byId("put-back")).focus();
}

async function putBack() {
  if (!removed) return;
  chooseBoard(removed.board);
  await sendJson("PATCH", path(`/items/${removed.id}`), { removed: false });
  await open();
  byId("undo").hidden = true;
  nodeOf(removed.id)?.querySelector(".off").focus();
  say("It is on the board again.");
  removed = null;
}

async function copy(item) {
  const done = await copyText(withReference({ ...item.citation, ...item }));
  say(done ? "Copied with its reference." : "This browser does not let pages copy. Select the text and copy it.");
}

// Notes and headings are kept while they are written, and at the latest when the page is left.
function written(event) {
  const node = event.target.closest(".item");
  if (!node) return;
  const { id } = node.dataset;
  if (event.target.tagName === "TEXTAREA") grow(event.target);
  clearTimeout(timers.get(id)?.timer);
  const keep = () => keepWords(id, event.target);
  timers.set(id, { timer: setTimeout(() => guarded(keep), WAIT), keep });
}

async function keepWords(id, field) {
  clearTimeout(timers.get(id)?.timer);
  timers.delete(id);
  const text = field.value;
  const isNote = field.classList.contains("note");
  if (!isNote && !text.trim()) return;
  field.parentElement.querySelector(".printed").textContent = text;
  await sendJson("PATCH", path(`/items/${id}`), isNote ? { note: text } : { heading: text });
  say("Kept.");
}

async function flush() {
  await sending?.catch(() => {}); // who moved the entry was told
  await keepAllWords();
}

const keepAllWords = () => Promise.all([...timers.values()].map(({ keep }) => keep()));

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

async function addHeading(event) {
  event.preventDefault();
  const field = byId("heading");
  await flush();
  const added = await (await postJson(path("/items"), { heading: field.value })).json();
  field.value = "";
  await refresh();
  nodeOf(added.id).querySelector(".up").focus();
  say("Heading added at the end.");
}

function askName(label, value, work) {
  naming = work;
  byId("naming-label").textContent = label;
  byId("new-name").value = value;
  byId("naming").hidden = false;
  byId("new-name").focus();
  byId("new-name").select();
}

async function named(event) {
  event.preventDefault();
  await flush();
  await naming(byId("new-name").value);
  byId("naming").hidden = true;
  await open();
  byId("name").focus();
}

const make = async (name) => chooseBoard((await (await postJson("/boards", { name })).json()).id);
const rename = (name) => sendJson("PATCH", path(), { name });

function askToDelete() {
  const name = byId("name").textContent;
  byId("confirm-what").textContent = `“${name}” goes with its notes. The documents stay as they are.`;
  byId("confirm").showModal();
  byId("keep").focus();
}

async function deleteBoard() {
  byId("confirm").close();
  for (const { timer } of timers.values()) clearTimeout(timer);
  timers.clear();
  await request(path(), { method: "DELETE" });
  byId("undo").hidden = true;
  removed = null;
  chooseBoard("default");
  await open();
  byId("name").focus();
  say("The board was deleted.");
}

function say(text) {
  byId("said").textContent = text;
}

const on = (id, type, work) => byId(id).addEventListener(type, (event) => guarded(() => work(event)));

leadBack();
setUpDragging(list, (node) => guarded(() => keepOrder(node)));
list.addEventListener("click", act);
list.addEventListener("input", written);
on("add-heading", "submit", addHeading);
on("naming", "submit", named);
on("make", "click", () => askName("Name of the new board", "", make));
on("rename", "click", () => askName("Name of this board", byId("name").textContent, rename));
on("stop-naming", "click", () => {
  byId("naming").hidden = true;
  byId("name").focus();
});
on("boards", "change", async (event) => {
  await flush();
  chooseBoard(event.target.value);
  await refresh();
});
on("delete", "click", askToDelete);
on("keep", "click", () => byId("confirm").close());
on("really", "click", deleteBoard);
on("put-back", "click", putBack);
on("print", "click", () => print());
addEventListener("pagehide", () => {
  if (unsent) sendJson("PUT", unsent.to, { items: unsent.items }, { keepalive: true }).catch(console.warn);
  guarded(keepAllWords);
});
guarded(open);
