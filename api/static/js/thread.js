// The questions and answers on the page: put there as they are asked, opened from what is kept, and kept in step.

import { AnswerView } from "./answer.js";
import { awaitAnswer, forget, remember, stored } from "./conversation.js";
import { button, byId, element } from "./dom.js";
import { describe, filtersNamed } from "./filters.js";
import { openPanel } from "./panel.js";

const AT_ONCE = 40; // messages: a long conversation opens with its newest part
const messages = byId("messages");
const scroller = byId("scroller");
let exchanges = []; // { question, view, asked, live, answerId }
let first = null; // the first message on the page
let calls = {}; // what the buttons do: ask again, put into the box
let opening = 0;

export function setUpThread(given) {
  calls = given;
  byId("earlier").addEventListener("click", showEarlier);
}

export function addExchange(question, filters = null, { live = true, before = null } = {}) {
  byId("welcome").hidden = true;
  const view = new AnswerView(openPanel, live);
  const asked = element("div", { className: "asked" });
  asked.append(element("h2", { className: "visually-hidden", textContent: "You asked" }));
  asked.append(element("p", { textContent: question, dir: "auto" }));
  const edit = button("Change the question", () => calls.edit(question, filters), "quiet edit");
  const limits = describe(filters);
  asked.append(element("div", { className: "below" }, limits ? element("small", { textContent: limits }) : "", edit));
  if (before) before.before(asked, view.node);
  else messages.append(asked, view.node);
  const exchange = { question, view, asked, live, answerId: null };
  exchanges.push(exchange);
  if (live) scroller.scrollTo({ top: asked.offsetTop - 16 });
  return exchange;
}

export function complete(exchange, answer, feedback = null) {
  exchange.answerId = answer.message_id;
  exchange.view.finish(answer, feedback, () => calls.ask(exchange.question));
}

// A question that was not sent leaves nothing behind.
export function withdraw(exchange) {
  exchanges = exchanges.filter((one) => one !== exchange);
  exchange.asked.remove();
  exchange.view.node.remove();
  byId("welcome").hidden = exchanges.length > 0;
}

export function clearThread() {
  opening += 1;
  [exchanges, first] = [[], null];
  messages.replaceChildren();
  byId("earlier").hidden = true;
  byId("notice").hidden = true;
}

// Opens a kept conversation at its end, or at one answer of it, which is marked.
export async function openThread(id, message = null) {
  clearThread();
  const mine = opening;
  const [kept] = await Promise.all([read(id, message), filtersNamed]);
  if (mine !== opening || !kept) return null;
  remember(id);
  byId("earlier").hidden = !kept.earlier;
  first = kept.messages[0]?.id ?? null;
  const waiting = replay(kept.messages);
  show(message);
  if (waiting) awaitKept(id, waiting);
  return kept;
}

async function read(id, message) {
  try {
    return await stored(id, message ? { since: message } : { last: AT_ONCE });
  } catch (error) {
    if (error.status !== 404) {
      const failed = addExchange("", null, { live: false });
      failed.asked.remove();
      failed.view.fail(error.sentence ?? String(error), () => location.reload());
      return null;
    }
  }
  const whole = message ? await stored(id, { last: AT_ONCE }).catch(() => null) : null;
  if (whole) notify("That answer is no longer kept. Here is the conversation that it was part of.");
  else {
    forget();
    byId("welcome").hidden = false;
    notify("This conversation is no longer kept: it was deleted, or the link is not whole. Ask a new question.");
  }
  return whole;
}

// Puts messages on the page; the last exchange is handed back where its answer is still being made.
function replay(kept, before = null) {
  let exchange = null;
  for (const message of kept) {
    if (message.role === "user") exchange = addExchange(message.content, message.filters, { live: false, before });
    else if (message.answer && exchange) {
      exchange.view.understand(exchange.question, message.answer.standalone_question);
      complete(exchange, message.answer, message.feedback);
      exchange = null;
    }
  }
  // What was kept is laid out when it comes near; not the last, whose true height the next question needs
  for (const one of exchanges.slice(0, -1)) one.view.node.classList.toggle("far", !one.live);
  return exchange;
}

async function awaitKept(id, exchange) {
  const mine = opening;
  const answer = await awaitAnswer(id).catch(() => null);
  if (mine !== opening || exchange.answerId) return;
  if (answer) complete(exchange, answer);
  else exchange.view.fail("This question was left without an answer.", () => calls.ask(exchange.question));
}

function show(message) {
  const linked = message && exchanges.find((one) => one.answerId === message);
  const target = linked ?? exchanges.at(-1);
  if (!target) return;
  if (linked) {
    linked.view.node.classList.add("linked");
    linked.view.node.tabIndex = -1;
    linked.view.node.focus({ preventScroll: true });
  }
  // Twice, because what has not been on the screen yet has no true height
  const jump = () => scroller.scrollTo({ top: target.asked.offsetTop - 16, behavior: "instant" });
  jump();
  requestAnimationFrame(jump);
}

async function showEarlier() {
  const id = byId("earlier").dataset.id;
  const kept = await stored(id, { last: AT_ONCE, before: first }).catch(() => null);
  if (!kept) return;
  const [top, height] = [scroller.scrollTop, scroller.scrollHeight];
  const shown = exchanges;
  exchanges = [];
  replay(kept.messages, messages.firstChild);
  exchanges.push(...shown);
  first = kept.messages[0]?.id ?? first;
  byId("earlier").hidden = !kept.earlier;
  scroller.scrollTo({ top: top + scroller.scrollHeight - height, behavior: "instant" });
}

// What another tab has asked, or this one before it was stopped, is put on the page.
export async function syncThread(id) {
  const mine = opening;
  const kept = await stored(id, { last: AT_ONCE }).catch((error) => error);
  if (mine !== opening || calls.isBusy()) return;
  if (kept instanceof Error) {
    if (kept.status === 404) calls.gone();
    return;
  }
  const known = new Set(exchanges.map((one) => one.answerId));
  let at = kept.messages.findLastIndex((message) => known.has(message.id)) + 1;
  const open = exchanges.at(-1);
  if (open && !open.answerId && kept.messages[at]?.content === open.question) {
    const answer = kept.messages[at + 1];
    if (!answer?.answer) return;
    complete(open, answer.answer, answer.feedback);
    at += 2;
  }
  const waiting = replay(kept.messages.slice(at));
  if (waiting) awaitKept(id, waiting);
}

export function notify(words) {
  byId("notice").hidden = false;
  byId("notice").textContent = words;
}
