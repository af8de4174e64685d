// The library page: documents in and out. Its list is written by the server, and put up to date from there.

import { request } from "./api.js";
import { sendJson } from "./boards.js";
import { leadBack } from "./conversation.js";
import { byId, element } from "./dom.js";
import { setUpDrop } from "./drop.js";
import { follow, setUpJobs } from "./jobs.js";
import { choose, parcels, send } from "./upload.js";
import { countedFiles } from "./words.js";

const FILTER_FROM = 11;
const TYPING = 300; // milliseconds until what is looked for among very many documents is asked for
const { accept, refused, parcelMb } = document.querySelector("main").dataset;
const shelf = byId("shelf");
const filter = byId("filter");
const dialog = byId("confirm");
let asked = null; // the button that asked for a deletion
let refreshing = null;
let stale = false;
let typing = null;
const opened = new URLSearchParams(location.search);
let shownPart = { find: opened.get("find") ?? "", from: opened.get("from") ?? 0 };

// Documents in

async function receive(found, fromFolder) {
  const { files, passed } = choose(found, fromFolder, { accept, refused });
  const others = passed ? ` ${countedFiles(passed)} of other types passed over.` : "";
  if (!files.length) {
    if (found.length) say(`There is no document to add here.${others}`, true);
    return;
  }
  say(`Adding ${countedFiles(files.length)}.${others}`, Boolean(passed));
  const jobs = byId("jobs");
  jobs.hidden = false;
  const sending = element("p", { className: "job", textContent: `Sending ${countedFiles(files.length)} …` });
  jobs.prepend(sending);
  for (const parcel of parcels(files, Number(parcelMb))) {
    try {
      follow(await send(parcel, byId("into")?.value ?? ""));
    } catch (error) {
      const names = parcel.length === 1 ? parcel[0].name : countedFiles(parcel.length);
      say(`Not sent: ${names}. ${error.sentence ?? error.message}`, true);
    }
  }
  sending.remove();
  jobs.hidden = !jobs.childElementCount;
}

function setUpChoosing() {
  for (const [id, fromFolder] of [["files", false], ["folder", true]]) {
    const input = byId(id);
    input.addEventListener("change", () => {
      receive([...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name })), fromFolder);
      input.value = "";
    });
  }
}

// The list

async function refresh() {
  if (refreshing) {
    stale = true;
    return;
  }
  refreshing = true;
  try {
    const response = await fetch(`/library?${new URLSearchParams({ part: 1, ...shownPart })}`);
    if (response.redirected) location.assign(`/sign-in?to=${encodeURIComponent(location.pathname)}`);
    else if (response.ok) replaceShelf(await response.text());
  } catch {
    // The service cannot be reached: whatever is asked of it next says so.
  }
  refreshing = false;
  if (stale) {
    stale = false;
    refresh();
  }
}

const keyOf = (node) => `${node.closest("li")?.id ?? ""}|${node.tagName}|${node.textContent.trim().slice(0, 60)}`;

function replaceShelf(html) {
  const open = new Set([...shelf.querySelectorAll("details[open]")].map((node) => keyOf(node.firstElementChild)));
  const focused = shelf.contains(document.activeElement) ? keyOf(document.activeElement) : null;
  shelf.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  for (const node of shelf.querySelectorAll("details")) node.open = open.has(keyOf(node.firstElementChild));
  const again = focused && [...shelf.querySelectorAll("a, button, summary")].find((node) => keyOf(node) === focused);
  if (again) again.focus();
  applyFilter();
}

async function loadPages(details) {
  if (!details.open || !details.dataset?.src) return;
  const source = details.dataset.src;
  delete details.dataset.src;
  try {
    const response = await fetch(source);
    const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
    if (response.ok) details.querySelector(".inside").replaceChildren(...parsed.body.childNodes);
  } catch {
    details.dataset.src = source; // the link inside stays
  }
}

// Of very many documents the page holds a part, and the server finds the rest
const isPart = () => shelf.querySelector("[data-partial]") !== null;

function filterChanged() {
  if (!isPart()) return applyFilter();
  clearTimeout(typing);
  typing = setTimeout(() => {
    shownPart = { find: filter.value, from: 0 };
    refresh();
  }, TYPING);
}

function applyFilter() {
  if (isPart()) {
    byId("filter-box").hidden = false;
    byId("filter-count").textContent = filter.value ? shelf.querySelector("[data-partial]").textContent : "";
    return;
  }
  const rows = [...shelf.querySelectorAll(".documents > li")];
  byId("filter-box").hidden = rows.length < FILTER_FROM && !filter.value;
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of rows) row.hidden = !words.every((word) => row.dataset.words.toLowerCase().includes(word));
  const shown = rows.filter((row) => !row.hidden).length;
  byId("filter-count").textContent = words.length ? `${shown} of ${rows.length} documents` : "";
}

// Documents out

function askToDelete(button) {
  asked = button;
  const { title, file, earlier } = button.dataset;
  const count = Number(earlier);
  byId("confirm-what").textContent = `${title} (${file})`;
  byId("confirm-versions").hidden = !count;
  byId("confirm-versions").textContent = `So ${count === 1 ? "does its earlier version" : `do its ${count} earlier versions`}.`;
  dialog.showModal();
  byId("keep").focus();
}

async function deleteAsked() {
  const { id, title } = asked.dataset;
  dialog.close();
  try {
    await request(`/documents/${id}`, { method: "DELETE" });
    say(`${title} was deleted.`);
  } catch (error) {
    say(error.sentence ?? error.message, true);
  }
  await refresh();
  byId("library-title").focus();
}

// Who may see a document

async function changeSight(form) {
  const { id, title } = form.dataset;
  const { value, selectedOptions } = form.querySelector("select");
  try {
    await sendJson("PATCH", `/documents/${id}`, { collection: value });
    say(value ? `${title}: only for ${selectedOptions[0].textContent} from now on.` : `${title}: for everybody from now on.`);
  } catch (error) {
    say(error.sentence ?? error.message, true);
  }
  await refresh();
  (byId(`d-${id}`)?.querySelector("h3 a") ?? byId("library-title")).focus();
}

function say(text, loud = false) {
  byId("upload-status").textContent = loud ? "" : text;
  byId("library-problem").hidden = !loud;
  byId("library-problem").textContent = loud ? text : "";
}

leadBack();
applyFilter();
filter.addEventListener("input", filterChanged);
shelf.addEventListener("toggle", (event) => loadPages(event.target), true);
shelf.addEventListener("click", (event) => {
  const button = event.target.closest("button.delete");
  if (button) askToDelete(button);
});
// Readers have the list alone
if (dialog) {
  setUpChoosing();
  setUpDrop(receive, (sentence) => say(sentence, true));
  setUpJobs(refresh, say);
  byId("keep").addEventListener("click", () => dialog.close());
  byId("delete").addEventListener("click", deleteAsked);
  shelf.addEventListener("submit", (event) => {
    event.preventDefault();
    changeSight(event.target);
  });
}
