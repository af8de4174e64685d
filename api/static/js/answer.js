// One answer on the page: its statements with citation chips, its sources, or the passages nearest to the question.

import { button, element } from "./dom.js";
import { capital } from "./words.js";

const INLINE = /\*\*(.+?)\*\*|\[(\d+)\]/g;
const SHOWN_LETTERS = 420;

export class AnswerView {
  // `open(citations, index, opener, word)` shows a source.
  constructor(open) {
    this.open = open;
    this.citations = [];
    this.chips = [];
    this.told = "";
    this.understood = element("p", { className: "understood", hidden: true });
    this.waiting = element("p", { className: "waiting", textContent: "Reading the documents" });
    this.prose = element("div", { className: "prose", "aria-live": "polite" });
    this.rest = element("div", { className: "answer" });
    this.node = element("article", { className: "answer", "aria-label": "Answer" });
    this.node.append(this.understood, this.waiting, this.prose, this.rest);
  }

  understand(asked, standalone) {
    this.understood.hidden = !standalone || same(asked, standalone);
    this.understood.textContent = `Understood as: ${standalone}`;
  }

  add(statement) {
    this.waiting.hidden = true;
    this.told += statementKey(statement);
    this.#statement(statement);
  }

  // The whole answer; what was already told statement by statement is left as it stands.
  finish(answer) {
    this.waiting.hidden = true;
    this.citations = answer.citations;
    if (answer.status === "no_evidence") this.#noEvidence(answer);
    else if (this.told !== answer.statements.map(statementKey).join("")) this.#retell(answer.statements);
    this.#nameChips();
    for (const note of answer.notes ?? []) this.rest.append(element("p", { className: "note", textContent: note }));
    if (answer.citations.length) this.rest.append(this.#sources(), this.#tools(answer));
  }

  stop(text) {
    this.waiting.hidden = true;
    this.rest.replaceChildren(element("p", { className: "hint", textContent: text }));
  }

  fail(text, again) {
    this.waiting.hidden = true;
    const notice = element("p", { className: "notice bad", role: "alert", textContent: text });
    const tools = element("div", { className: "tools" }, button("Ask again", again));
    this.rest.replaceChildren(notice, tools);
  }

  #retell(statements) {
    this.prose.replaceChildren();
    this.chips = [];
    for (const statement of statements) this.#statement(statement);
  }

  #statement({ text, citations, heading, as_of, agreeing }) {
    if (heading) this.prose.append(element("h3", { className: "side", textContent: heading }));
    const lines = text.split("\n").filter((line) => line.trim());
    const inline = new Set([...text.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1])));
    lines.forEach((line, index) => {
      const target = this.#block(line);
      this.#inline(target, line.replace(/^\s*[-•]\s+/, ""));
      if (index < lines.length - 1) return;
      if (as_of) target.append(" ", element("span", { className: "as-of", textContent: `(${as_of})` }));
      const trailing = citations.filter((number) => !inline.has(number));
      if (trailing.length) tie(target, this.#chip(trailing[0]));
      target.append(...trailing.slice(1).map((number) => this.#chip(number)));
      if (!agreeing?.length) return;
      const also = element("span", { className: "as-of" }, " also said in ");
      also.append(...agreeing.map((number) => this.#chip(number)));
      target.append(also);
    });
  }

  #block(line) {
    if (!/^\s*[-•]\s+/.test(line)) return this.prose.appendChild(element("p"));
    const last = this.prose.lastElementChild;
    const list = last?.tagName === "UL" ? last : this.prose.appendChild(element("ul"));
    return list.appendChild(element("li"));
  }

  #inline(target, text) {
    let from = 0;
    for (const match of text.matchAll(INLINE)) {
      target.append(text.slice(from, match.index));
      target.append(match[1] ? element("strong", { textContent: match[1] }) : this.#chip(Number(match[2])));
      from = match.index + match[0].length;
    }
    target.append(text.slice(from));
  }

  #chip(number) {
    const chip = element("button", { type: "button", className: "chip", textContent: number, disabled: true });
    chip.setAttribute("aria-label", `Citation ${number}`);
    chip.dataset.number = number;
    chip.addEventListener("click", () => this.#show(number, chip));
    this.chips.push(chip);
    return chip;
  }

  #nameChips() {
    for (const chip of this.chips) {
      const citation = this.citations.find((each) => each.number === Number(chip.dataset.number));
      if (!citation) {
        chip.remove();
        continue;
      }
      chip.disabled = false;
      chip.setAttribute("aria-label", `Citation ${citation.number}: ${place(citation)}`);
      chip.setAttribute("aria-haspopup", "dialog");
      chip.title = place(citation);
    }
  }

  #show(number, opener) {
    const index = this.citations.findIndex((citation) => citation.number === number);
    if (index >= 0) this.open(this.citations, index, opener, "Citation");
  }

  #sources() {
    const list = element("ol");
    for (const citation of this.citations) {
      const small = element("small", { textContent: [citation.article, citation.place].filter(Boolean).join(" · ") });
      const remark = remarkOn(citation);
      if (remark) small.append(" · ", element("em", { textContent: remark }));
      const text = element("span", {}, citation.document_title, small);
      const row = element("button", { type: "button", className: "source" });
      row.append(element("b", { textContent: citation.number }), text);
      row.setAttribute("aria-label", `Source ${citation.number}: ${place(citation)}`);
      row.addEventListener("click", () => this.#show(citation.number, row));
      list.append(element("li", {}, row));
    }
    const count = this.citations.length;
    const summary = element("summary", { textContent: count === 1 ? "1 source" : `${count} sources` });
    return element("details", { className: "sources" }, summary, list);
  }

  #tools(answer) {
    const copy = button("Copy with sources", async () => {
      await navigator.clipboard.writeText(withSources(answer));
      copy.textContent = "Copied";
      setTimeout(() => (copy.textContent = "Copy with sources"), 2000);
    });
    const tools = element("div", { className: "tools" });
    if (navigator.clipboard) tools.append(copy);
    return tools;
  }

  #noEvidence(answer) {
    this.prose.replaceChildren(element("p", { textContent: answer.answer }));
    this.rest.append(this.#passages(answer.passages));
  }

  #passages(passages) {
    const list = element("ul", { className: "nearest", "aria-label": "Nearest passages" });
    passages.forEach((passage, index) => {
      const show = button("Show the page", () => this.open(passages, index, show, "Passage"));
      show.setAttribute("aria-label", `Show the page of passage ${index + 1}: ${place(passage)}`);
      const item = element("li", { className: "passage" });
      item.append(element("p", { textContent: shortened(passage.text) }));
      item.append(element("p", { className: "where", textContent: place(passage) }), show);
      list.append(item);
    });
    return list;
  }
}

// A chip never stands alone at the start of a line: the last word goes with it.
function tie(target, chip) {
  const last = target.lastChild;
  const word = last?.nodeType === Node.TEXT_NODE ? last.data.match(/\S{1,24}\s*$/) : null;
  if (!word) {
    target.append(chip);
    return;
  }
  last.data = last.data.slice(0, word.index);
  target.append(element("span", { className: "tied" }, word[0].trimEnd(), chip));
}

const statementKey = ({ text, citations, heading }) => `${heading ?? ""}|${text}|${citations.join(",")}\n`;
const same = (one, other) => one.trim().toLowerCase() === other.trim().toLowerCase();
const STATES = { superseded: "earlier version", removed: "removed from the library" };
const remarkOn = (citation) => [STATES[citation.state], citation.caution].filter(Boolean).join(", ");

function place(citation) {
  return [citation.document_title, citation.place, remarkOn(citation)].filter(Boolean).join(", ");
}

function shortened(text) {
  if (text.length <= SHOWN_LETTERS) return text;
  return `${text.slice(0, text.lastIndexOf(" ", SHOWN_LETTERS))} …`;
}

function withSources(answer) {
  const lines = answer.citations.map((citation) => {
    const parts = [citation.authors.join(", "), citation.article, citation.document_title, citation.published];
    const where = [capital(citation.place), remarkOn(citation)].filter(Boolean).join(", ");
    return `[${citation.number}] ${parts.filter(Boolean).join(". ")}. ${where}.`;
  });
  return `${answer.answer.replaceAll("**", "")}\n\n${lines.join("\n")}\n`;
}
