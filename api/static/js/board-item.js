// One entry of a board: a heading, or a quote with its note. The board listens for its buttons.

import { viewerPath } from "./api.js";
import { picture, where } from "./cards.js";
import { button, element } from "./dom.js";

const REMOVED = "The document that said this has been removed from the library.";
const nothing = () => {};

export function entry(item) {
  const node = element("li", { className: `item ${item.kind}`, id: `i-${item.id}` });
  node.dataset.id = item.id;
  const name = item.kind === "heading" ? item.heading : item.citation.quote || REMOVED;
  const short = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  node.append(handle(short), item.kind === "heading" ? heading(item) : quote(item), moves(short));
  return node;
}

// For the mouse and touch alone: the arrows beside it do the same for everybody.
function handle() {
  const grip = element("span", { className: "grip", draggable: true, title: "Drag to another place" });
  grip.setAttribute("aria-hidden", "true");
  grip.textContent = "⠿";
  return grip;
}

function moves(short) {
  const named = (text, label, className) => {
    const node = button(text, nothing, className);
    node.setAttribute("aria-label", `${label}: ${short}`);
    node.title = label;
    return node;
  };
  return element(
    "p",
    { className: "moves" },
    named("↑", "Move up", "quiet icon up"),
    named("↓", "Move down", "quiet icon down"),
    named("✕", "Take off the board", "quiet icon danger off"),
  );
}

function heading(item) {
  const input = element("input", { type: "text", className: "heading", value: item.heading, maxLength: 200 });
  input.setAttribute("aria-label", "Heading");
  return element("div", { className: "words" }, element("h2", { className: "printed", textContent: item.heading }), input);
}

function quote(item) {
  const { citation } = item;
  const words = element("div", { className: "words" });
  if (citation.state === "removed") words.append(element("p", { className: "notice old", textContent: REMOVED }));
  if (citation.lead) words.append(element("p", { className: "lead", textContent: citation.lead.text }));
  if (citation.quote) words.append(element("blockquote", { className: "quote", textContent: citation.quote }));
  if (citation.speaker) words.append(element("p", { className: "speaker", textContent: citation.speaker.text }));
  words.append(element("p", { className: "in-text", textContent: item.in_text }), where(citation));
  if (citation.state === "superseded") words.append(superseded(citation));
  words.append(note(item));
  if (citation.state === "removed") return words;
  const open = viewerPath(citation.document_id, citation.page, citation.boxes);
  const tools = element("p", { className: "tools" }, button("Copy with reference", nothing, "quiet copy"), " ");
  tools.append(element("a", { className: "quiet", href: open, textContent: "Open at the page" }));
  words.append(tools);
  return element("div", { className: "split" }, words, element("p", { className: "picture" }, picture(citation)));
}

function superseded(citation) {
  const notice = element("p", { className: "notice old", textContent: "This document has a newer version. " });
  if (!citation.superseded_by) return notice;
  const href = `/documents/${encodeURIComponent(citation.superseded_by)}?page=1`;
  notice.append(element("a", { href, textContent: "Open the current one" }));
  return notice;
}

function note(item) {
  const id = `note-${item.id}`;
  const label = element("label", { htmlFor: id, textContent: "Your note" });
  const area = element("textarea", { id, className: "note", rows: 1, maxLength: 4000, value: item.note });
  return element("div", { className: "noting" }, label, area, element("p", { className: "printed", textContent: item.note }));
}
