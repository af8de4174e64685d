// How far an answer is, in words; and what can be done when it takes long.

import { element } from "./dom.js";

const LONG_MS = 12_000;
const STAGES = {
  reading: "The language model reads what was found", // the line says how much that is
  writing: "The language model writes",
  checking: "Each sentence is checked against its page",
};
const LONG = "This takes longer than usual. Stop ends it and shows what the documents say.";

export class Progress {
  constructor() {
    this.line = element("p", { className: "waiting", textContent: "Reading the documents" });
    this.long = element("p", { className: "hint", textContent: LONG, hidden: true });
    this.node = element("div", { className: "progress" }, this.line, this.long);
    this.said = new Set();
  }

  tell(words) {
    this.node.hidden = false;
    this.line.textContent = words;
    this.#wait();
  }

  found(words) {
    this.hasFound = true;
    this.tell(words);
  }

  // A stage of a language model's answer; `say` reads each of them out once.
  reach(stage, say) {
    const words = STAGES[stage];
    if (!words) return;
    if (stage !== "reading" || !this.hasFound) this.tell(words);
    this.alert = () => say(LONG);
    if (this.said.has(stage)) return;
    this.said.add(stage);
    say(`${words}.`);
  }

  // Something arrived: what was written by a language model is followed by more of it.
  arrived() {
    if (this.said.size) this.#wait();
    else this.node.hidden = true;
  }

  end() {
    clearTimeout(this.timer);
    this.node.hidden = true;
  }

  #wait() {
    clearTimeout(this.timer);
    this.long.hidden = true;
    this.timer = setTimeout(() => {
      this.long.hidden = false;
      this.alert?.();
    }, LONG_MS);
  }
}
