// A question goes out, its answer arrives in pieces; what is lost on the way is fetched from what was kept.

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
import { asked } from "./voices.js";

const UNSEEN_MS = 50;
const SETTLE_MS = 200; // a browser takes a while to change the address: a quick answer comes first
let running = null; // { controller, left, conversation, settling }
let kept = null; // ends the wait for what was being made when somebody pressed stop
let calls = {}; // what else happens when a question has begun, and when it is answered

export const isBusy = () => running !== null;
export const setUpAsking = (given) => (calls = given);

export async function ask(text, insist = false) {
  const question = text.trim();
  if (!question || running) return;
  const filters = chosen();
  const mine = { controller: new AbortController(), left: false };
  // Sent before anything is drawn: the service works while the page does
  const body = { question, conversation_id: currentId(), filters, answerer: asked(), insist };
  const sent = postJson("/chat", body, mine.controller.signal);
  kept?.abort();
  const exchange = addExchange(question, filters);
  busy(mine);
  closeNotice();
  say("Looking for an answer.");
  byId("notice").hidden = true;
  exchange.view.progress(`Looking in ${counted(documentsInScope(), "document")}`);
  try {
    const answer = await answerOf(exchange, sent, mine);
    if (mine.left) return;
    settle(mine);
    finish(exchange, answer);
  } catch (error) {
    if (!mine.left) failed(exchange, error, mine);
  } finally {
    if (running === mine) busy(null);
    if (!mine.left) focusBox();
  }
}

// The service finishes the answer with what it has, and keeps it.
export const stop = () => running?.controller.abort();

// As `stop`, by somebody who has moved on to another conversation.
export function leave() {
  kept?.abort();
  if (!running) return;
  running.left = true;
  clearTimeout(running.settling);
  running.controller.abort();
  busy(null);
}

function failed(exchange, error, mine) {
  const { view, question } = exchange;
  if (error.body?.found) {
    withdraw(exchange);
    say(offerEdited(error.body, question, ask));
    return;
  }
  if (error.name === "AbortError") {
    view.stop(() => ask(question));
    say("Stopped.");
    settle(mine);
    if (mine.conversation) showKept(exchange, mine.conversation);
    return;
  }
  view.fail(error.sentence ?? "Something went wrong on this page. Try again.", () => ask(question));
  if (!(error instanceof Problem)) console.error(error);
}

// What there was when somebody pressed stop; unless the next thing is asked before it comes.
async function showKept(exchange, id) {
  const mine = (kept = new AbortController());
  const answer = await awaitAnswer(id, mine.signal).catch(() => null);
  if (!answer || mine.signal.aborted) return;
  finish(exchange, answer);
  exchange.view.stopped();
}

async function answerOf({ question, view }, sent, mine) {
  const { signal } = mine.controller;
  try {
    for await (const { name, data } of events(await sent)) {
      if (name === "done") {
        await painted(); // what was told of it so far
        return data;
      }
      if (name === "error") throw Object.assign(new Problem(data.title, data.detail, data.status), { body: data });
      if (name === "question") {
        mine.conversation = data.conversation_id;
        mine.settling = setTimeout(() => settle(mine), SETTLE_MS);
        view.understand(question, data.standalone_question);
        view.warn(data.safety);
        if (data.safety) say(data.safety);
      } else tellOf(name, data, view);
    }
  } catch (error) {
    if (error instanceof Problem && error.status === 404 && currentId()) forget();
    if (error instanceof Problem || error.name === "AbortError") throw error;
  }
  settle(mine);
  // The stream ended without its last event: the connection was lost, the answer was not.
  const answer = currentId() ? await awaitAnswer(currentId(), signal).catch(() => null) : null;
  if (signal.aborted) throw new DOMException("Stopped", "AbortError");
  if (!answer) throw new Problem("The connection was lost before the answer was complete.", "Ask again.");
  return answer;
}

// One event of an answer that is being made.
function tellOf(name, data, view) {
  if (name === "delta" && !data.note) view.add(data.statement ?? { text: data.text, citations: [] });
  if (name === "evidence") view.evidence(data.passages);
  if (name === "progress") view.reach(data.stage, say);
  if (name === "reset") view.reset(data.reason);
}

// After the next frame; a page that nobody looks at has none.
function painted() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, UNSEEN_MS);
  });
}

// The conversation that the question has found stands in the address, and soon in the list.
function settle(mine) {
  clearTimeout(mine.settling);
  if (mine.left || !mine.conversation) return;
  remember(mine.conversation);
  calls.begun();
}

function finish(exchange, answer) {
  complete(exchange, answer);
  remember(answer.conversation_id);
  calls.answered();
  tell(answer.conversation_id);
  const sources = counted(answer.citations.length, "source");
  const whole = `The answer is complete, with ${sources}.`;
  say([answer.fallback, answer.status === "answered" ? whole : "The documents do not answer this."].filter(Boolean).join(" "));
}

function busy(what) {
  running = what;
  byId("send").hidden = what !== null;
  byId("stop").hidden = what === null;
}

export function say(text) {
  byId("status").textContent = text;
}
