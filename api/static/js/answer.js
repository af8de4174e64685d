// One answer on the page: how far it is, its statements, its sources or the passages nearest, and what to do with it.

import { pathOf } from "./conversation.js";
import { button, element } from "./dom.js";
import { feedbackTools } from "./feedback.js";
import { safetyLine } from "./guard.js";
import { Progress } from "./progress.js";
import { counted, nearestPassages, sourceList, withSources } from "./sources.js";
import { Statements } from "./statements.js";
import { hasModel, isOwnWords } from "./voices.js";

const LIMITED = /^(.*\S) \((only [^()]+)\)$/s;
const SAID_MS = 2000;
const OWN = "In the assistant’s words, each sentence checked against the page it cites";
const QUOTED = "In the documents’ own words";

export class AnswerView {
  // `open(citations, index, opener, word)` shows a source. What is `live` is read out when it is complete.
  constructor(open, live = true) {
    this.open = open;
    this.citations = [];
    this.question = "";
    this.understood = element("p", { className: "understood", hidden: true });
    this.voice = element("p", { className: "voice", hidden: true });
    this.waiting = new Progress();
    this.prose = element("div", { className: "prose" });
    this.prose.setAttribute("aria-live", live ? "polite" : "off");
    this.prose.setAttribute("aria-busy", "true");
    this.statements = new Statements(this.prose, (number, opener) => this.#show(number, opener));
    this.rest = element("div", { className: "answer" });
    this.node = element("article", { className: "answer", "aria-label": "Answer" });
    this.node.append(this.understood, this.voice, this.prose, this.waiting.node, this.rest);
  }

  // What the question was read as, and the limits that were said in words.
  understand(asked, standalone) {
    this.question = standalone || asked;
    const [, text, limits] = standalone?.match(LIMITED) ?? [null, standalone, null];
    this.understood.hidden = !limits && (!standalone || same(asked, standalone));
    this.understood.replaceChildren();
    if (text && !same(asked, text)) this.understood.append(`Understood as: ${text} `);
    if (limits) this.understood.append(element("span", { className: "limit", textContent: `As you said: ${limits}` }));
  }

  // The line on top of an answer to what sounds like a live concern; it is there before the answer is.
  warn(line) {
    if (line && !this.node.querySelector(".safety")) this.understood.before(safetyLine(line));
  }

  progress(text) {
    this.waiting.tell(text);
  }

  evidence(passages) {
    this.waiting.found(found(passages));
  }

  reach(stage, say) {
    this.waiting.reach(stage, say);
  }

  add(statement) {
    this.waiting.arrived();
    if (statement.support === "verified") this.#speak(OWN);
    this.statements.add(statement);
  }

  // What the language model said does not hold: something else follows.
  reset(reason) {
    this.statements.clear();
    this.#speak("");
    this.waiting.tell(`${reason} Choosing sentences of the documents instead`);
  }

  // The whole answer; what was already told statement by statement is left as it stands.
  finish(answer, feedback = null, again = null) {
    this.waiting.end();
    this.citations = answer.citations;
    this.warn(answer.safety);
    this.rest.replaceChildren();
    if (answer.status === "no_evidence") this.#noEvidence(answer);
    else if (!this.statements.hold(answer.statements)) {
      this.statements.clear();
      for (const statement of answer.statements) this.statements.add(statement);
    }
    this.statements.complete(answer.citations);
    this.#speak(voiceOf(answer));
    this.prose.setAttribute("aria-busy", "false");
    for (const note of answer.notes ?? []) this.rest.append(element("p", { className: "note", textContent: note }));
    if (answer.citations.length) this.rest.append(sourceList(answer.citations, (...which) => this.#show(...which)));
    const written = writtenBy(answer);
    if (written) this.rest.append(element("p", { className: "hint written", textContent: written }));
    this.#tools(answer, feedback, again);
    import("./glossary.js").then(({ markTerms }) => markTerms(this.prose)).catch(console.warn);
  }

  // After `stop`, what was ready has come.
  stopped() {
    this.rest.prepend(element("p", { className: "hint", textContent: "Stopped: this is what was ready." }));
  }

  stop(again) {
    const hint = element("p", { className: "hint", textContent: "Stopped. What was ready is kept with the conversation." });
    this.#end(hint, element("div", { className: "tools" }, button("Ask again", again)));
  }

  fail(text, again) {
    const notice = element("p", { className: "notice bad", role: "alert", textContent: text });
    this.#end(notice, element("div", { className: "tools" }, button("Ask again", again)));
  }

  #speak(words) {
    this.voice.hidden = !words;
    this.voice.textContent = words;
  }

  #end(...nodes) {
    this.waiting.end();
    this.prose.setAttribute("aria-busy", "false");
    this.rest.replaceChildren(...nodes);
  }

  #show(number, opener) {
    const index = this.citations.findIndex((citation) => citation.number === number);
    if (index >= 0) this.open(this.citations, index, opener, "Citation");
  }

  #noEvidence(answer) {
    this.statements.clear();
    this.prose.append(element("p", { textContent: answer.answer }));
    const open = (passages, index, opener) => this.open(passages, index, opener, "Passage");
    if (answer.passages.length) this.rest.append(nearestPassages(answer.passages, this.question, open));
  }

  #tools(answer, feedback, again) {
    const tools = element("div", { className: "tools" });
    if (answer.citations.length && navigator.clipboard) {
      tools.append(sayingButton("Copy with sources", "Copied", () => withSources(answer)));
    }
    if (answer.fallback && again) tools.append(button("Ask again", again));
    if (answer.conversation_id && answer.message_id) {
      tools.append(linkTo(answer));
      const { buttons, form } = feedbackTools(answer, feedback);
      tools.append(buttons);
      this.rest.append(tools, form);
    } else this.rest.append(tools);
  }
}

function sayingButton(words, done, text) {
  const copy = button(words, async () => {
    await navigator.clipboard.writeText(text());
    said(copy, done);
  });
  return copy;
}

// A link like any other; where the browser lets a page copy, a click copies it.
function linkTo(answer) {
  const href = pathOf(answer.conversation_id, answer.message_id);
  const link = element("a", { className: "quiet", href, textContent: "Link to this answer" });
  if (!navigator.clipboard) return link;
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    await navigator.clipboard.writeText(new URL(href, location.href).href);
    said(link, "Link copied");
  });
  return link;
}

function said(node, words) {
  const before = node.textContent;
  node.textContent = words;
  setTimeout(() => (node.textContent = before), SAID_MS);
}

// Whose words these are; of quotes it is said only where they could be other words.
function voiceOf({ status, statements, fallback }) {
  if (fallback) return status === "answered" ? `${fallback} ${QUOTED}:` : fallback;
  if (status !== "answered") return "";
  if (statements.some((one) => one.support === "verified")) return OWN;
  return hasModel ? QUOTED : "";
}

function writtenBy({ answerer, model, withdrawn, statements }) {
  const own = answerer === "llm";
  const did = statements.some((one) => one.support === "verified") ? "Written" : "Chosen";
  const by = own ? `${did} by ${nameOf(model)}. ` : "";
  const said = `${counted(withdrawn, "statement")}${own ? "" : " of the language model"}`;
  return by + (withdrawn ? `${said} left out: the documents did not prove ${withdrawn === 1 ? "it" : "them"}.` : "");
}

// Local services call a model by its file
const nameOf = (model) => model?.split(/[\\/]/).at(-1).replace(/\.gguf$/i, "") || "a language model";

// “8 passages found in Handbook and Digest 2.”
function found(passages) {
  const titles = [...new Set(passages.map((passage) => passage.document_title))];
  const named = titles.length > 2 ? `${titles[0]} and ${titles.length - 1} others` : titles.join(" and ");
  const where = titles.length ? ` in ${named}` : "";
  const next = isOwnWords() ? "The language model reads them" : "Choosing the sentences";
  return passages.length ? `${counted(passages.length, "passage")} found${where}. ${next}` : "Nothing found";
}

const same = (one, other) => one.trim().toLowerCase() === other.trim().toLowerCase();
