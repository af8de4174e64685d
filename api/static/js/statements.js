// The sentences of an answer with their numbers; where a newer and an older one differ, side by side.

import { element } from "./dom.js";
import { givePeek } from "./peek.js";
import { place } from "./sources.js";

const INLINE = /\*\*(.+?)\*\*|\[(\d+)\]/g;
const EARLIER = "Earlier"; // the heading under which the assistant tells what held before

export class Statements {
  // `show(number, opener)` opens a source.
  constructor(prose, show) {
    [this.prose, this.show] = [prose, show];
    this.clear();
  }

  clear() {
    this.prose.replaceChildren();
    this.prose.classList.remove("own-words");
    this.chips = [];
    this.told = "";
  }

  // Whether these are what stands there already, statement by statement.
  hold(statements) {
    return this.told === statements.map(keyOf).join("");
  }

  add(statement) {
    const { text, citations, heading, as_of, agreeing, working, support } = statement;
    this.proven = support === "verified"; // in other words than the page's
    this.prose.classList.toggle("own-words", this.proven || this.prose.classList.contains("own-words"));
    this.told += keyOf(statement);
    if (heading) this.prose.append(element("h3", { className: "side", textContent: heading }));
    const lines = text.split("\n").filter((line) => line.trim());
    const inline = new Set([...text.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1])));
    lines.forEach((line, index) => {
      const target = this.#block(line);
      this.#inline(target, line.replace(/^\s*[-•]\s+/, ""));
      target.classList.toggle("proven", this.proven);
      if (index < lines.length - 1) return;
      if (working) target.append(" ", element("span", { className: "as-of", textContent: `(${working})` }));
      if (as_of) target.append(" ", element("span", { className: "as-of", textContent: `(${as_of})` }));
      if (as_of) target.closest("p, ul").dataset.asOf = as_of;
      const trailing = citations.filter((number) => !inline.has(number));
      if (trailing.length) tie(target, this.#chip(trailing[0]));
      target.append(...trailing.slice(1).map((number) => this.#chip(number)));
      if (!agreeing?.length) return;
      const also = element("span", { className: "as-of" }, " also said in ");
      also.append(...agreeing.map((number) => this.#chip(number)));
      target.append(also);
    });
  }

  // Once the answer is whole: every number gets its source, and what differs over time stands side by side.
  complete(citations) {
    for (const chip of this.chips) {
      const citation = citations.find((each) => each.number === Number(chip.dataset.number));
      if (!citation) {
        chip.remove();
        continue;
      }
      chip.disabled = false;
      const proven = chip.classList.contains("proof");
      const checked = proven ? ", checked against the page" : "";
      chip.setAttribute("aria-label", `Citation ${citation.number}${checked}: ${place(citation)}`);
      chip.setAttribute("aria-haspopup", "dialog");
      givePeek(chip, citation, proven);
    }
    for (const heading of this.prose.querySelectorAll(":scope > h3.side")) {
      if (heading.textContent === EARLIER) layOutTimes(heading);
    }
  }

  #block(line) {
    if (!/^\s*[-•]\s+/.test(line)) return this.prose.appendChild(element("p", { dir: "auto" }));
    const last = this.prose.lastElementChild;
    const list = last?.tagName === "UL" ? last : this.prose.appendChild(element("ul"));
    return list.appendChild(element("li", { dir: "auto" }));
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
    chip.classList.toggle("proof", this.proven);
    chip.setAttribute("aria-label", `Citation ${number}`);
    chip.dataset.number = number;
    chip.addEventListener("click", () => this.show(number, chip));
    this.chips.push(chip);
    return chip;
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

// The dated statements before the heading on one side, all that follow it on the other.
function layOutTimes(heading) {
  const newer = until(heading, "previousElementSibling").filter((node) => node.dataset.asOf).reverse();
  if (!newer.length) return;
  const older = until(heading, "nextElementSibling");
  const compared = element("div", { className: "compared" });
  heading.before(compared);
  const now = element("h3", { className: "side", textContent: "Newest" });
  compared.append(element("div", {}, now, ...newer), element("div", {}, heading, ...older));
}

function until(heading, next) {
  const found = [];
  for (let node = heading[next]; node && node.tagName !== "H3"; node = node[next]) found.push(node);
  return found;
}

const keyOf = ({ text, citations, heading, support, working }) =>
  `${heading ?? ""}|${text}|${citations.join(",")}|${support ?? ""}|${working ?? ""}\n`;
