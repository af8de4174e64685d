// Which conversation this page shows: its id stands in the address, so that a refresh, a bookmark or a link keeps it.

import { getJson } from "./api.js";
import { isEmbedded } from "./embedded.js";

const OLD_PREFIX = "#c=";
const KEPT = "conversation";
const PATIENCE_MS = 120_000;

export const pathOf = (id, message) =>
  `/c/${encodeURIComponent(id)}${message ? `/${encodeURIComponent(message)}` : ""}`;

// In a frame the address is the frame's own; links lead to the page itself, which opens in a window of its own.
const ROOT = isEmbedded ? "/embed" : "";
const addressOf = (id, message) => `${ROOT}${pathOf(id, message)}`;
const HOME = ROOT || "/";

const parts = () => {
  const [, at, id, message] = location.pathname.slice(ROOT.length).split("/");
  return at === "c" && id ? [decodeURIComponent(id), message ? decodeURIComponent(message) : null] : [null, null];
};

// Bookmarks of earlier versions hold it behind a #
const oldId = () => (location.hash.startsWith(OLD_PREFIX) ? location.hash.slice(OLD_PREFIX.length) : null);

export const currentId = () => parts()[0] ?? oldId();
export const linkedMessage = () => parts()[1];

export function remember(id) {
  if (!id) return;
  sessionStorage.setItem(KEPT, id);
  if (id !== parts()[0]) history.replaceState(null, "", addressOf(id));
}

// A step in a frame would be one of the page around it.
function step(address) {
  if (isEmbedded) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
}

// As `remember`, with a step to go back by.
export function goTo(id, message) {
  sessionStorage.setItem(KEPT, id);
  step(addressOf(id, message));
}

export const lastConversation = () => sessionStorage.getItem(KEPT);

// The pages beside the chat: their links home lead back into the talk.
export function leadBack() {
  const id = lastConversation();
  for (const link of document.querySelectorAll("a.home")) if (id) link.href = pathOf(id);
}

export function forget({ step: withStep = false } = {}) {
  sessionStorage.removeItem(KEPT);
  if (withStep && location.pathname !== HOME) step(HOME);
  else history.replaceState(null, "", HOME);
}

// The conversation with the messages that `which` asks for: { last, before } or { since }.
export function stored(id, which = {}) {
  return getJson(`/conversations/${encodeURIComponent(id)}?${new URLSearchParams(which)}`);
}

// An answer goes on being made when the page goes away: it is waited for, up to two minutes.
export async function awaitAnswer(id, signal) {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end && !signal?.aborted) {
    const [message] = (await stored(id, { last: 1 })).messages;
    if (message?.answer) return message.answer;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  return null;
}
