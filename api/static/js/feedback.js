// Whether an answer helped, and why: kept at once, changed at any time, read by whoever runs the service.

import { request } from "./api.js";
import { button, byId, element } from "./dom.js";

// The buttons below an answer, and the form that they open.
export function feedbackTools(answer, said) {
  const tools = new FeedbackTools(answer, said);
  return { buttons: tools.buttons, form: tools.form };
}

class FeedbackTools {
  constructor(answer, said) {
    [this.answer, this.said] = [answer, said];
    this.form = element("div", { className: "saying", hidden: true });
    this.thumbs = ["up", "down"].map((rating) => this.#thumb(rating));
    this.change = button("Say why", () => this.#open());
    this.buttons = element("span", { className: "thumbs", role: "group" }, ...this.thumbs, this.change);
    this.buttons.setAttribute("aria-label", "Did this answer help?");
    this.#show();
  }

  #thumb(rating) {
    const node = button(rating === "up" ? "Helpful" : "Not helpful", () => this.#press(rating), "quiet thumb");
    node.dataset.rating = rating;
    node.prepend(byId(`icon-${rating}`).content.cloneNode(true));
    return node;
  }

  #show() {
    for (const node of this.thumbs) node.setAttribute("aria-pressed", String(this.said?.rating === node.dataset.rating));
    const told = this.said?.reasons.length || this.said?.words;
    this.change.hidden = !this.said || !this.form.hidden;
    this.change.textContent = told ? "Change what you said" : "Say why";
  }

  // A second press takes it back.
  async #press(rating) {
    const again = this.said?.rating === rating;
    try {
      if (again) await request(this.#path(), { method: "DELETE" });
      this.said = again ? null : await this.#put({ rating, reasons: [], words: "" });
    } catch (error) {
      return this.#tell(error.sentence ?? error.message, "notice bad");
    }
    if (again) this.#tell("Taken back.");
    else this.#open();
    this.#show();
  }

  #open() {
    const { rating, reasons, words } = this.said;
    const fields = byId("feedback-form").content.cloneNode(true).firstElementChild;
    for (const set of fields.querySelectorAll("fieldset")) if (set.dataset.rating !== rating) set.remove();
    for (const input of fields.querySelectorAll("input")) input.checked = reasons.includes(input.value);
    const own = fields.querySelector("textarea");
    own.value = words;
    own.id = `why-${this.answer.message_id}`;
    fields.querySelector("label.own").htmlFor = own.id;
    fields.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send(fields, own.value);
    });
    this.form.hidden = false;
    this.form.replaceChildren(fields);
    this.#show();
    fields.querySelector("input").focus();
  }

  async #send(fields, words) {
    const reasons = [...fields.querySelectorAll("input:checked")].map((input) => input.value);
    try {
      this.said = await this.#put({ rating: this.said.rating, reasons, words });
    } catch (error) {
      fields.querySelector(".problem").textContent = error.sentence ?? error.message;
      return;
    }
    this.#tell("Thank you. It is kept in the library for whoever runs the assistant.");
    this.#show();
    this.thumbs.find((node) => node.dataset.rating === this.said.rating).focus();
  }

  #tell(words, className = "hint") {
    const line = element("p", { className, role: "status" });
    this.form.hidden = false;
    this.form.replaceChildren(line);
    line.textContent = words;
    setTimeout(() => {
      if (this.form.firstChild !== line) return;
      this.form.hidden = true;
      this.#show();
    }, 5000);
  }

  #path() {
    const { conversation_id: conversation, message_id: message } = this.answer;
    return `/conversations/${encodeURIComponent(conversation)}/messages/${encodeURIComponent(message)}/feedback`;
  }

  async #put(said) {
    const headers = { "Content-Type": "application/json" };
    return (await request(this.#path(), { method: "PUT", headers, body: JSON.stringify(said) })).json();
  }
}
