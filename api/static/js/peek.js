// The quote behind a citation, shown beside its number while that is hovered or focused. Who listens to the page hears
// the number's own name, which says the same place: the picture of it stays silent.

import { byId, element, year } from "./dom.js";

const LETTERS = 320;
const LEAVE_MS = 150; // time to move the pointer from the number onto the quote
const GAP = 8;

const lead = element("p", { className: "peek-where", textContent: "What the page says:" });
const quote = element("blockquote");
const where = element("p", { className: "peek-where" });
const title = element("p", { className: "peek-title" });
const peek = element("div", { id: "peek", className: "peek", hidden: true }, lead, quote, title, where);
peek.setAttribute("aria-hidden", "true");
let shownFor = null;
let leaving = 0;

// `proves`: the sentence at this number is in other words than the quote.
export function givePeek(chip, citation, proves = false) {
  const show = () => showQuote(chip, citation, proves);
  chip.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show());
  chip.addEventListener("pointerleave", leaveSoon);
  // Without a place it comes from, the focus was handed back: the page of this number was just closed
  chip.addEventListener("focus", (event) => event.relatedTarget && chip.matches(":focus-visible") && show());
  chip.addEventListener("blur", hide);
  chip.addEventListener("click", hide);
}

function showQuote(chip, citation, proves) {
  clearTimeout(leaving);
  shownFor = chip;
  lead.hidden = !proves;
  quote.textContent = citation.quote ? shortened(citation.quote) : "The document was removed from the library.";
  title.textContent = [citation.document_title, year(citation.published)].filter(Boolean).join(" · ");
  where.textContent = inFull(citation);
  peek.hidden = false;
  place(chip);
}

// Above the number where there is room, else below it; never outside of the window.
function place(chip) {
  const at = chip.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = peek;
  const left = Math.max(GAP, Math.min(at.left + at.width / 2 - width / 2, innerWidth - width - GAP));
  const above = at.top - height - GAP;
  const top = byId("scroller").getBoundingClientRect().top; // the bar above it stays free
  peek.style.left = `${left}px`;
  peek.style.top = `${above >= top ? above : at.bottom + GAP}px`;
}

function leaveSoon() {
  clearTimeout(leaving);
  leaving = setTimeout(() => document.activeElement === shownFor && shownFor.matches(":focus-visible") || hide(), LEAVE_MS);
}

function hide() {
  clearTimeout(leaving);
  shownFor = null;
  peek.hidden = true;
}

function shortened(text) {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= LETTERS ? line : `${line.slice(0, line.lastIndexOf(" ", LETTERS) + 1 || LETTERS)}…`;
}

function inFull(citation) {
  const isPdf = (citation.format ?? "pdf") === "pdf";
  if (!isPdf || !citation.page_label || citation.page_label === String(citation.page)) return citation.place;
  return `Printed page ${citation.page_label} · PDF page ${citation.page}`;
}

export function setUpPeek() {
  document.body.append(peek);
  peek.addEventListener("pointerenter", () => clearTimeout(leaving));
  peek.addEventListener("pointerleave", leaveSoon);
  addEventListener("scroll", hide, { capture: true, passive: true });
  addEventListener("resize", hide);
  // Before the panel's own Escape: one press closes one thing.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || peek.hidden) return;
      event.stopPropagation();
      hide();
    },
    { capture: true },
  );
}
