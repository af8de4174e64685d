// In whose words answers are given: the documents' own, or a language model's. There is a choice where there is a model.

import { byId } from "./dom.js";

const KEPT = "voice";
const box = byId("voices"); // none without a model

export const hasModel = box !== null;

const chosen = () => box?.querySelector(":checked")?.value ?? "quotes";
export const isOwnWords = () => chosen() === "auto";

// What a question asks for; “auto” leaves it to the service where there is nothing to choose.
export const asked = () => (hasModel ? chosen() : "auto");

function tell() {
  byId("hint").textContent = isOwnWords() ? byId("hint").dataset.own : byId("hint").dataset.quotes;
}

export function setUpVoices() {
  if (!box) return;
  const kept = localStorage.getItem(KEPT);
  for (const choice of box.querySelectorAll("input")) {
    if (kept) choice.checked = choice.value === kept;
    choice.addEventListener("change", () => {
      localStorage.setItem(KEPT, chosen());
      tell();
    });
  }
  tell();
}
