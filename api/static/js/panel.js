// The panel that shows where a citation stands: the quote, its page as a picture, the pages around it.

import { documentPath, getJson, picturePath, viewerPath } from "./api.js";
import { byId, pageWords, year } from "./dom.js";

const narrow = matchMedia("(max-width: 60rem)");

const dialog = byId("panel");
const picture = byId("page-picture");
const counts = new Map();
let citations = [];
let index = 0;
let page = 1;
let opener = null;
let word = "Citation";

export function openPanel(list, at, from, kind) {
  opener?.setAttribute("aria-expanded", "false");
  [citations, index, opener, word] = [list, at, from, kind];
  opener.setAttribute("aria-expanded", "true");
  show();
  showCitation();
  byId("panel-title").focus();
}

export function closePanel() {
  if (dialog.open) dialog.close();
}

function show() {
  if (dialog.open) return;
  if (narrow.matches) dialog.showModal();
  else dialog.show();
}

function closed() {
  opener?.setAttribute("aria-expanded", "false");
  // The close event comes a moment late: whoever has moved on in the meantime stays there.
  const lost = document.activeElement === document.body || dialog.contains(document.activeElement);
  if (lost && opener?.isConnected) opener.focus();
  opener = null;
}

function showCitation() {
  const citation = citations[index];
  page = citation.page;
  byId("panel-title").textContent = `${word} ${index + 1} of ${citations.length}`;
  byId("previous-citation").disabled = index === 0;
  byId("next-citation").disabled = index === citations.length - 1;
  byId("source-title").textContent = citation.document_title;
  const detail = [citation.article, citation.authors.join(", "), year(citation.published)];
  byId("source-detail").textContent = detail.filter(Boolean).join(" · ");
  byId("source-page").textContent = pageWords(citation);
  byId("source-quote").textContent = citation.quote;
  const health = byId("source-health");
  health.hidden = !citation.health || citation.health === "read";
  health.textContent = `How this page was read: ${citation.health}. Compare the quote with the picture.`;
  dialog.scrollTop = 0;
  showPage();
}

async function showPage() {
  const citation = citations[index];
  const id = citation.document_id;
  const boxes = page === citation.page ? citation.boxes : [];
  const marked = boxes.length ? ", the quote marked" : "";
  picture.hidden = false;
  byId("picture-failed").hidden = true;
  picture.alt = `Picture of page ${page} of ${citation.document_title}${marked}`;
  picture.src = picturePath(id, page, boxes);
  byId("open-pdf").href = `${documentPath(id)}/file#page=${page}`;
  byId("open-viewer").href = viewerPath(id, page, boxes);
  byId("page-text").textContent = "";
  if (byId("page-text-box").open) loadText();
  showPosition(null);
  showPosition(await pageCount(id));
}

function showPosition(total) {
  byId("page-position").textContent = total ? `Page ${page} of ${total}` : `Page ${page}`;
  byId("previous-page").disabled = page <= 1;
  byId("next-page").disabled = total !== null && page >= total;
}

async function pageCount(id) {
  if (!counts.has(id)) {
    try {
      counts.set(id, (await getJson(`/documents/${id}`)).pages);
    } catch {
      return null;
    }
  }
  return counts.get(id);
}

async function loadText() {
  const [id, wanted] = [citations[index].document_id, page];
  const target = byId("page-text");
  try {
    const read = await getJson(`/documents/${id}/pages/${wanted}`);
    if (wanted === page) target.textContent = read.text || "There is no text on this page.";
  } catch (error) {
    target.textContent = error.sentence ?? error.message;
  }
}

// Brings the mark into view: boxes are in points from the page's top, the picture is scaled evenly.
function scrollToMark() {
  const boxes = citations[index]?.boxes ?? [];
  const box = byId("picture");
  if (!boxes.length || page !== citations[index].page) {
    box.scrollTop = 0;
    return;
  }
  const pixels = 1.7;
  const scale = (picture.clientHeight / picture.naturalHeight) * pixels;
  box.scrollTop = Math.max(0, Math.min(...boxes.map((each) => each[1])) * scale - 60);
  box.scrollLeft = Math.max(0, Math.min(...boxes.map((each) => each[0])) * scale - 20);
  const end = picture.getBoundingClientRect().top + Math.max(...boxes.map((each) => each[3])) * scale;
  const below = Math.min(end, box.getBoundingClientRect().bottom) + 24 - dialog.getBoundingClientRect().bottom;
  if (below > 0) dialog.scrollTop += below;
}

function step(by) {
  index += by;
  showCitation();
}

function turn(by) {
  page += by;
  showPage();
}

function zoom() {
  const on = byId("picture").classList.toggle("zoomed");
  byId("zoom").setAttribute("aria-pressed", String(on));
  scrollToMark();
}

export function setUpPanel() {
  byId("close-panel").addEventListener("click", closePanel);
  byId("previous-citation").addEventListener("click", () => step(-1));
  byId("next-citation").addEventListener("click", () => step(1));
  byId("previous-page").addEventListener("click", () => turn(-1));
  byId("next-page").addEventListener("click", () => turn(1));
  byId("zoom").addEventListener("click", zoom);
  byId("page-text-box").addEventListener("toggle", (event) => event.target.open && loadText());
  picture.addEventListener("load", scrollToMark);
  picture.addEventListener("error", () => {
    picture.hidden = true;
    byId("picture-failed").hidden = false;
  });
  dialog.addEventListener("close", closed);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && dialog.open && !byId("library").open) closePanel();
  });
  narrow.addEventListener("change", () => {
    if (!dialog.open) return;
    const from = opener;
    closePanel();
    openPanel(citations, index, from, word);
  });
}
