// Where an answer comes from: its sources as a list, the passages nearest to a question, and both as text.

import { button, element } from "./dom.js";
import { capital } from "./words.js";

const SHOWN_LETTERS = 420;
const SHOWN_PASSAGES = 3;
const SHORT_WORD = 4; // letters: of a question, shorter words are not worth marking
const STATES = { superseded: "earlier version", removed: "removed from the library" };

export const remarkOn = (citation) => [STATES[citation.state], citation.caution].filter(Boolean).join(", ");

export function place(citation) {
  return [citation.document_title, citation.place, remarkOn(citation)].filter(Boolean).join(", ");
}

// `show(number, opener)` opens a source.
export function sourceList(citations, show) {
  const list = element("ol");
  for (const citation of citations) {
    const small = element("small", { textContent: [citation.article, citation.place].filter(Boolean).join(" · ") });
    const remark = remarkOn(citation);
    if (remark) small.append(" · ", element("em", { textContent: remark }));
    const text = element("span", { dir: "auto" }, citation.document_title, small);
    const row = element("button", { type: "button", className: "source" });
    row.append(element("b", { textContent: citation.number }), text);
    row.setAttribute("aria-label", `Source ${citation.number}: ${place(citation)}`);
    row.addEventListener("click", () => show(citation.number, row));
    list.append(element("li", {}, row));
  }
  const summary = element("summary", { textContent: counted(citations.length, "source") });
  return element("details", { className: "sources" }, summary, list);
}

// `open(passages, index, opener)` shows a passage on its page.
export function nearestPassages(passages, question, open) {
  const heading = element("h3", { className: "side", textContent: "Nearest passages" });
  const list = element("ul", { className: "nearest", "aria-label": "Nearest passages" });
  passages.forEach((passage, index) => {
    const item = passageItem(passage, index, question, (opener) => open(passages, index, opener));
    item.hidden = index >= SHOWN_PASSAGES;
    list.append(item);
  });
  const box = element("div", { className: "near" }, heading, list);
  const rest = passages.length - SHOWN_PASSAGES;
  if (rest > 0) box.append(moreButton(`Show ${counted(rest, "more passage")}`, list));
  return box;
}

function passageItem(passage, index, question, open) {
  const item = element("li", { className: "passage" });
  const text = element("p", { dir: "auto" });
  const [head, tail] = cut(passage.text);
  text.append(...marked(head, question));
  item.append(text);
  const tools = element("p", { className: "row" });
  if (tail) {
    const more = button("Show all of it", () => {
      text.querySelector(".cut").replaceWith(...marked(tail, question));
      more.remove();
      show.focus();
    });
    text.append(element("span", { className: "cut", textContent: " …" }));
    tools.append(more);
  }
  const show = button("Show the page", () => open(show));
  show.setAttribute("aria-label", `Show the page of passage ${index + 1}: ${place(passage)}`);
  tools.prepend(show);
  const where = [passage.document_title, passage.article, passage.place, remarkOn(passage)].filter(Boolean).join(" · ");
  item.append(element("p", { className: "where", textContent: where }), tools);
  return item;
}

function moreButton(words, list) {
  const more = button(words, () => {
    const hidden = [...list.querySelectorAll("[hidden]")];
    for (const item of hidden) item.hidden = false;
    more.remove();
    hidden[0]?.querySelector("button")?.focus();
  });
  return more;
}

function cut(text) {
  if (text.length <= SHOWN_LETTERS) return [text, ""];
  const at = text.lastIndexOf(" ", SHOWN_LETTERS);
  return at > 0 ? [text.slice(0, at), text.slice(at)] : [text.slice(0, SHOWN_LETTERS), text.slice(SHOWN_LETTERS)];
}

// The text with the words of the question marked.
function marked(text, question) {
  const words = (question.match(/[\p{L}\d]+/gu) ?? []).filter((word) => word.length >= SHORT_WORD);
  if (!words.length) return [text];
  const found = new RegExp(`(?<![\\p{L}\\d])(${words.join("|")})(?![\\p{L}\\d])`, "giu");
  return text.split(found).map((part, at) => (at % 2 ? element("mark", { textContent: part }) : part));
}

export const counted = (count, unit) => `${count} ${unit}${count === 1 ? "" : "s"}`;

export function withSources(answer) {
  const lines = answer.citations.map((citation) => {
    const parts = [citation.authors.join(", "), citation.article, citation.document_title, citation.published];
    const where = [capital(citation.place), remarkOn(citation)].filter(Boolean).join(", ");
    return `[${citation.number}] ${parts.filter(Boolean).join(". ")}. ${where}.`;
  });
  return `${inWords(answer).replaceAll("**", "")}\n\n${lines.join("\n")}\n`;
}

// As the service wrote it; what is not the documents' own words says so, because it will stand among other text.
function inWords({ answer, statements, notes }) {
  if (!statements.some((one) => one.support === "verified")) return answer;
  const told = statements.map(({ text, citations, heading, as_of, working, support }) => {
    const asides = [as_of, working, support === "verified" ? "checked paraphrase" : ""].filter(Boolean);
    const markers = citations.map((number) => `[${number}]`).join("");
    return `${heading ? `${heading}\n\n` : ""}${text} ${markers}${asides.length ? ` (${asides.join("; ")})` : ""}`;
  });
  return [...told, ...(notes ?? [])].join("\n\n");
}
