// The question box: it grows with what is written, and what is not asked yet outlives a refresh.

import { byId } from "./dom.js";

const DRAFT = "draft";
const box = byId("question");
// On a touch screen a focused field covers half of the answer with a keyboard.
const hasKeyboard = matchMedia("(pointer: fine)").matches;

function grow() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
  if (box.value) sessionStorage.setItem(DRAFT, box.value);
  else sessionStorage.removeItem(DRAFT);
}

export function focusBox() {
  if (hasKeyboard) box.focus({ preventScroll: true });
}

// Puts a question into the box, to be changed and asked again.
export function putInBox(text) {
  box.value = text;
  grow();
  box.focus();
  box.setSelectionRange(text.length, text.length);
}

export function setUpBox(ask, isBusy) {
  const submit = (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (isBusy() || !text) return;
    box.value = "";
    grow();
    ask(text);
  };
  byId("ask").addEventListener("submit", submit);
  box.addEventListener("input", grow);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  });
  box.value = sessionStorage.getItem(DRAFT) ?? "";
  grow();
}
