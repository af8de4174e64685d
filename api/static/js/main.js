// The chat page: what it is made of, and what leads from one part to another.

import { ask, isBusy, leave, say, setUpAsking, stop } from "./ask.js";
import { focusBox, putInBox, setUpBox } from "./box.js";
import { currentId, forget, goTo, lastConversation, linkedMessage, remember } from "./conversation.js";
import { byId } from "./dom.js";
import { isEmbedded, listenForEscape } from "./embedded.js";
import { keepFilters, openFilters, setUpFilters, useFilters } from "./filters.js";
import { closeDrawer, markCurrent, refreshHistory, refreshHistorySoon, setUpHistory } from "./history.js";
import { closePanel, setUpPanel } from "./panel.js";
import { setUpPeek } from "./peek.js";
import { setUpShelf } from "./shelf.js";
import { askAnew, offerSuggestions, setUpSuggestions } from "./suggestions.js";
import { listen } from "./tabs.js";
import { clearThread, openThread, setUpThread, syncThread } from "./thread.js";
import { setUpVoices } from "./voices.js";

// Shows what the address names: a conversation, one answer of it, or the welcome.
async function showAddress() {
  leave();
  closePanel();
  const id = currentId();
  if (!id) {
    clearThread();
    byId("welcome").hidden = false;
    byId("scroller").scrollTop = 0;
    openFilters(null);
    markCurrent();
    return;
  }
  byId("earlier").dataset.id = id;
  const kept = await openThread(id, linkedMessage());
  openFilters(currentId(), kept?.messages.findLast((message) => message.role === "user")?.filters);
  markCurrent();
  if (kept) say(`Opened: ${kept.title}`);
}

function open(id, message) {
  goTo(id, message);
  closeDrawer();
  focusBox();
  showAddress();
}

function startAnew(event) {
  event?.preventDefault();
  closeDrawer();
  forget({ step: true });
  sessionStorage.removeItem("filters ");
  showAddress();
  byId("question").focus();
}

function gone(id) {
  if (id === currentId()) startAnew();
}

// A question has found its conversation; then, it is answered.
function begun() {
  byId("earlier").dataset.id = currentId() ?? "";
  keepFilters();
  refreshHistorySoon();
}

function seenElsewhere(id) {
  refreshHistory();
  const current = currentId();
  if (current && (id === null || id === current) && !isBusy()) syncThread(current);
  if (!current && id === null) askAnew();
}

setUpThread({
  ask,
  isBusy,
  gone: () => startAnew(),
  edit: (question, filters) => {
    useFilters(filters);
    putInBox(question);
    say("The question is in the box. Change it and press Enter.");
  },
});
setUpAsking({ begun, answered: refreshHistory });
setUpBox(ask, isBusy);
setUpFilters(offerSuggestions);
setUpPanel();
setUpPeek();
setUpShelf();
setUpSuggestions(ask);
setUpHistory({ open, gone });
setUpVoices();
listen(seenElsewhere);
byId("stop").addEventListener("click", stop);
byId("new-conversation").addEventListener("click", startAnew);
byId("home").addEventListener("click", startAnew);
addEventListener("popstate", showAddress);
if (isEmbedded) {
  listenForEscape();
  remember(currentId() ?? lastConversation()); // the talk goes on from page to page
}
const wanted = new URLSearchParams(location.search).get("q")?.slice(0, 2000);
if (wanted) {
  forget(); // a question from another page begins a conversation, and a refresh does not ask it again
  ask(wanted);
} else showAddress();
focusBox();
