// Which conversation this page shows: its id stands in the address, so that a refresh or a bookmark keeps it.

import { getJson } from "./api.js";

const PREFIX = "#c=";
const KEPT = "conversation";
const PATIENCE_MS = 120_000;

export function currentId() {
  return location.hash.startsWith(PREFIX) ? location.hash.slice(PREFIX.length) : null;
}

export function remember(id) {
  if (id) sessionStorage.setItem(KEPT, id);
  if (id && id !== currentId()) history.replaceState(null, "", PREFIX + id);
}

// For the way back from the pages beside the chat.
export const lastConversation = () => sessionStorage.getItem(KEPT);

export function forget() {
  sessionStorage.removeItem(KEPT);
  history.replaceState(null, "", location.pathname);
}

export async function stored(id) {
  return (await getJson(`/conversations/${encodeURIComponent(id)}`)).messages;
}

// An answer goes on being made when the page goes away: it is waited for, up to two minutes.
export async function awaitAnswer(id, signal) {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end && !signal?.aborted) {
    const last = (await stored(id)).at(-1);
    if (last?.answer) return last.answer;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  return null;
}
