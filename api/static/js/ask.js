// A question goes out, its answer arrives in pieces; what is lost on the way is fetched from what was kept.

import { found } from "./answer.js";
import { postJson, Problem } from "./api.js";
import { focusBox } from "./box.js";
import { awaitAnswer, currentId, forget, remember } from "./conversation.js";
import { byId } from "./dom.js";
import { chosen, documentsInScope } from "./filters.js";
import { closeNotice, offerEdited } from "./guard.js";
import { counted } from "./sources.js";
import { events } from "./stream.js";
import { tell } from "./tabs.js";
import { addExchange, complete, withdraw } from "./thread.js";

let running = null; // { controller, left }
let afterwards = () => {};

export const isBusy = () => running !== null;
export const setUpAsking = (changed) => (afterwards = changed);

export async function ask(text, insist = false) {
  const question = text.trim();
  if (!question || running) return;
  const filters = chosen();
  const exchange = addExchange(question, filters);
  const mine = { controller: new AbortController(), left: false };
  busy(mine);
  closeNotice();
  say("Looking for an answer.");
  byId("notice").hidden = true;
  exchange.view.progress(`Looking in ${counted(documentsInScope(), "document")}`);
  try {
    finish(exchange, await answerOf({ question, filters, insist }, exchange.view, mine.controller.signal));
  } catch (error) {
    if (!mine.left) failed(exchange, error);
  } finally {
    if (running === mine) busy(null);
    if (!mine.left) focusBox();
  }
}

// The answer goes on being made and is kept.
export const stop = () => running?.controller.abort();

// As `stop`, by somebody who has moved on to another conversation.
export function leave() {
  if (!running) return;
  running.left = true;
  running.controller.abort();
  busy(null);
}

function failed(exchange, error) {
  const { view, question } = exchange;
  if (error.body?.found) {
    withdraw(exchange);
    say(offerEdited(error.body, question, ask));
    return;
  }
  if (error.name === "AbortError") {
    view.stop(() => ask(question));
    say("Stopped.");
    return;
  }
  view.fail(error.sentence ?? "Something went wrong on this page. Try again.", () => ask(question));
  if (!(error instanceof Problem)) console.error(error);
}

async function answerOf({ question, filters, insist }, view, signal) {
  const body = { question, conversation_id: currentId(), filters, insist };
  try {
    const response = await postJson("/chat", body, signal);
    for await (const { name, data } of events(response)) {
      if (name === "done") return data;
      if (name === "error") throw Object.assign(new Problem(data.title, data.detail, data.status), { body: data });
      if (name === "delta" && !data.note) view.add(data.statement ?? { text: data.text, citations: [] });
      if (name === "evidence") view.progress(found(data.passages));
      if (name === "question") begun(question, data, view);
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

function begun(question, data, view) {
  remember(data.conversation_id);
  view.understand(question, data.standalone_question);
  view.warn(data.safety);
  if (data.safety) say(data.safety);
  afterwards();
}

function finish(exchange, answer) {
  complete(exchange, answer);
  remember(answer.conversation_id);
  afterwards();
  tell(answer.conversation_id);
  const sources = counted(answer.citations.length, "source");
  say(answer.status === "answered" ? `The answer is complete, with ${sources}.` : "The documents do not answer this.");
}

function busy(what) {
  running = what;
  byId("send").hidden = what !== null;
  byId("stop").hidden = what === null;
}

export function say(text) {
  byId("status").textContent = text;
}
