// The chat page: a question goes out, its answer arrives in pieces, the conversation stays.

import { AnswerView } from "./answer.js";
import { postJson, Problem } from "./api.js";
import { awaitAnswer, currentId, forget, remember, stored } from "./conversation.js";
import { byId, element } from "./dom.js";
import { closePanel, openPanel, setUpPanel } from "./panel.js";
import { setUpShelf } from "./shelf.js";
import { events } from "./stream.js";

const box = byId("question");
// On a touch screen a focused field covers half of the answer with a keyboard.
const hasKeyboard = matchMedia("(pointer: fine)").matches;
let running = null;

async function ask(text) {
  const question = text.trim();
  if (!question || running) return;
  const view = addExchange(question);
  busy(new AbortController());
  say("Looking for an answer.");
  try {
    finish(view, await answerOf(question, view, running.signal));
  } catch (error) {
    if (error.name === "AbortError") view.stop("Stopped.");
    else {
      view.fail(error.sentence ?? "Something went wrong on this page. Try again.", () => ask(question));
      if (!(error instanceof Problem)) console.error(error);
    }
  } finally {
    busy(null);
    if (hasKeyboard) box.focus({ preventScroll: true });
  }
}

async function answerOf(question, view, signal) {
  const body = { question, conversation_id: currentId() };
  try {
    const response = await postJson("/chat", body, signal);
    for await (const { name, data } of events(response)) {
      if (name === "done") return data;
      if (name === "error") throw new Problem(data.title, data.detail, data.status);
      if (name === "delta") tell(view, data);
      if (name === "question") {
        remember(data.conversation_id);
        view.understand(question, data.standalone_question);
      }
    }
  } catch (error) {
    if (error instanceof Problem && error.status === 404 && currentId()) forget();
    if (error instanceof Problem || error.name === "AbortError") throw error;
  }
  // The stream ended without its last event: the connection was lost, the answer was not.
  const answer = currentId() ? await awaitAnswer(currentId(), signal).catch(() => null) : null;
  if (signal.aborted) throw new DOMException("Stopped", "AbortError");
  if (!answer) throw new Problem("The connection was lost before the answer was complete.", "Ask again.");
  return answer;
}

function tell(view, data) {
  if (!data.note) view.add(data.statement ?? { text: data.text, citations: [] });
}

function finish(view, answer) {
  view.finish(answer);
  remember(answer.conversation_id);
  const count = answer.citations.length;
  const sources = count === 1 ? "1 source" : `${count} sources`;
  say(answer.status === "answered" ? `The answer is complete, with ${sources}.` : "The documents do not answer this.");
}

function addExchange(question) {
  byId("welcome").hidden = true;
  const view = new AnswerView(openPanel);
  const asked = element("div", { className: "asked" });
  asked.append(element("h2", { className: "visually-hidden", textContent: "You asked" }));
  asked.append(element("p", { textContent: question }));
  byId("messages").append(asked, view.node);
  byId("scroller").scrollTo({ top: asked.offsetTop - 16 });
  return view;
}

function busy(controller) {
  running = controller;
  byId("send").hidden = controller !== null;
  byId("stop").hidden = controller === null;
}

function say(text) {
  byId("status").textContent = text;
}

async function restore() {
  const id = currentId();
  if (!id) return;
  try {
    const messages = await stored(id);
    remember(id);
    await replay(id, messages);
  } catch (error) {
    if (error.status === 404) forget();
    else addExchange("").fail(error.sentence ?? String(error), () => location.reload());
  }
}

async function replay(id, messages) {
  let view = null;
  let asked = "";
  for (const message of messages) {
    if (message.role === "user") [view, asked] = [addExchange(message.content), message.content];
    else if (message.answer && view) {
      view.understand(asked, message.answer.standalone_question);
      view.finish(message.answer);
      view = null;
    }
  }
  if (view === null) return;
  const answer = await awaitAnswer(id);
  if (answer) finish(view, answer);
  else view.fail("This question was left without an answer.", () => ask(asked));
}

function grow() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
}

function submit(event) {
  event.preventDefault();
  if (running || !box.value.trim()) return;
  const text = box.value;
  box.value = "";
  grow();
  ask(text);
}

function startAnew(event) {
  event.preventDefault();
  running?.abort();
  closePanel();
  forget();
  byId("messages").replaceChildren();
  byId("welcome").hidden = false;
  byId("scroller").scrollTop = 0;
  box.focus();
}

byId("ask").addEventListener("submit", submit);
box.addEventListener("input", grow);
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
});
byId("stop").addEventListener("click", () => running?.abort());
byId("new-conversation").addEventListener("click", startAnew);
byId("home").addEventListener("click", startAnew);
for (const suggestion of document.querySelectorAll(".suggestion")) {
  suggestion.addEventListener("click", () => ask(suggestion.textContent));
}
setUpPanel();
setUpShelf();
restore();
if (hasKeyboard) box.focus({ preventScroll: true });
