// One conversation of the list: opened, renamed, deleted.

import { request } from "./api.js";
import { pathOf } from "./conversation.js";
import { button, byId, element } from "./dom.js";
import { tell } from "./tabs.js";

export function conversationItem(talk, calls) {
  const { conversation_id: id, title, found } = talk;
  const link = element("a", { className: "talked", href: pathOf(id, found?.message_id), title });
  link.append(element("span", { className: "title", textContent: title, dir: "auto" }));
  if (found) link.append(element("small", { textContent: found.excerpt, dir: "auto" }));
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    calls.open(id, found?.message_id);
  });
  const item = element("li", {}, link);
  item.dataset.id = id;
  const rename = iconButton("rename", `Rename “${title}”`, () => startRenaming(item, talk, calls));
  const remove = iconButton("delete", `Delete “${title}”`, () => askToDelete(talk, calls));
  item.append(element("div", { className: "item-tools" }, rename, remove));
  return item;
}

function iconButton(name, words, onClick) {
  const node = button("", onClick, "quiet icon");
  node.append(byId(`icon-${name}`).content.cloneNode(true));
  node.setAttribute("aria-label", words);
  return node;
}

async function change(id, method, body) {
  const headers = { "Content-Type": "application/json" };
  await request(`/conversations/${encodeURIComponent(id)}`, { method, headers, body: body && JSON.stringify(body) });
  tell(id);
}

function startRenaming(item, talk, calls) {
  const before = [...item.childNodes];
  const field = element("input", { type: "text", value: talk.title, maxLength: 200, "aria-label": "New title" });
  field.dir = "auto";
  const save = element("button", { type: "submit", className: "primary", textContent: "Save" });
  const cancel = button("Cancel", () => stop());
  const problem = element("p", { className: "problem", role: "alert" });
  const form = element("form", { className: "renaming" }, field, element("div", {}, save, cancel), problem);
  const stop = () => {
    item.replaceChildren(...before);
    item.querySelector("a").focus();
  };
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault(); // the drawer stays
    event.stopPropagation();
    stop();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await change(talk.conversation_id, "PATCH", { title: field.value.trim() || null });
    } catch (error) {
      problem.textContent = error.sentence ?? error.message;
      return;
    }
    stop();
    calls.refresh();
  });
  item.replaceChildren(form);
  field.focus();
  field.select();
}

function askToDelete(talk, calls) {
  const dialog = byId("confirm-delete");
  const opener = document.activeElement;
  byId("delete-what").textContent = talk.title;
  byId("delete-problem").textContent = "";
  byId("do-delete").onclick = async () => {
    try {
      await change(talk.conversation_id, "DELETE");
    } catch (error) {
      if (error.status !== 404) {
        byId("delete-problem").textContent = error.sentence ?? error.message;
        return;
      }
    }
    dialog.close();
    calls.gone(talk.conversation_id);
    await calls.refresh();
    byId("history-search").focus();
  };
  byId("do-not-delete").onclick = () => dialog.close();
  dialog.onclose = () => opener?.isConnected && opener.focus();
  dialog.showModal();
  byId("do-not-delete").focus();
}
