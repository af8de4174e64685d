// The panel that shows where a citation stands: the quote, its page as a picture, the pages around it.

import { documentPath, getJson, picturePath, viewerPath } from "./api.js";
import { addToBoard } from "./boards.js";
import { byId, element, year } from "./dom.js";
import { knownStanding, showHealth, showTombstone, showVersion, standingOf } from "./standing.js";
import { capital, FILES, UNITS } from "./words.js";

const narrow = matchMedia("(max-width: 60rem)");

const dialog = byId("panel");
const picture = byId("page-picture");
let citations = [];
let index = 0;
let page = 1;
let opener = null;
let word = "Citation";
let standing = null; // of the citation's document, as far as it is known

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
  byId("source-page").textContent = capital(citation.place);
  byId("source-quote").textContent = citation.quote;
  byId("board-said").textContent = "";
  dialog.scrollTop = 0;
  standing = knownStanding(citation);
  showPage();
  learnStanding(citation);
}

// A conversation stays open for long: the document may have been replaced or removed since its answer.
async function learnStanding(citation) {
  const learnt = await standingOf(citation);
  if (citation !== citations[index]) return;
  standing = learnt;
  showStanding();
}

function showStanding() {
  const citation = citations[index];
  showTombstone(citation, standing);
  showVersion(standing, page);
  showHealth(citation, standing, page);
  const unit = capital(UNITS[citation.format] ?? "page");
  const total = standing.document?.pages ?? null;
  byId("page-position").textContent = total ? `${unit} ${page} of ${total}` : `${unit} ${page}`;
  byId("previous-page").disabled = page <= 1;
  byId("next-page").disabled = total !== null && page >= total;
}

function showPage() {
  const citation = citations[index];
  const id = citation.document_id;
  const boxes = page === citation.page ? citation.boxes : [];
  showStanding();
  if (standing.state === "removed") {
    picture.removeAttribute("src");
    return;
  }
  const marked = boxes.length ? ", the quote marked" : "";
  picture.hidden = false;
  byId("picture-failed").hidden = true;
  picture.alt = `Picture of ${UNITS[citation.format] ?? "page"} ${page} of ${citation.document_title}${marked}`;
  picture.src = picturePath(id, page, boxes);
  showFileLink(citation);
  byId("open-viewer").href = viewerPath(id, page, boxes);
  byId("page-text").textContent = "";
  if (byId("page-text-box").open) loadText();
}

// Only a PDF opens in the browser, and only there a page can be named.
function showFileLink(citation) {
  const link = byId("open-file");
  const isPdf = (citation.format ?? "pdf") === "pdf";
  link.href = `${documentPath(citation.document_id)}/file${isPdf ? `#page=${page}` : ""}`;
  link.toggleAttribute("download", !isPdf);
  link.textContent = isPdf ? "Open the PDF at this page" : `Download the ${FILES[citation.format]}`;
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

async function collect() {
  const citation = citations[index];
  const said = byId("board-said");
  try {
    const { name, isNew } = await addToBoard(citation);
    const link = element("a", { href: "/board", textContent: name });
    if (citation === citations[index]) said.replaceChildren(isNew ? "Added to " : "Already on ", link);
  } catch (error) {
    said.textContent = error.sentence ?? error.message;
  }
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
  byId("add-to-board").addEventListener("click", collect);
  byId("page-text-box").addEventListener("toggle", (event) => event.target.open && loadText());
  picture.addEventListener("load", scrollToMark);
  picture.addEventListener("error", () => {
    picture.hidden = true;
    byId("picture-failed").hidden = false;
  });
  dialog.addEventListener("close", closed);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && dialog.open) closePanel();
  });
  narrow.addEventListener("change", () => {
    if (!dialog.open) return;
    const from = opener;
    closePanel();
    openPanel(citations, index, from, word);
  });
}
