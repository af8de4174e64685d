// The drawer of documents: what is in the library, how well it was read, and how to take something out.

import { documentPath, getJson, request } from "./api.js";
import { button, byId, element, year } from "./dom.js";

const dialog = byId("library");

export function openLibrary() {
  if (!dialog.open) dialog.showModal();
  byId("library-title").focus();
  refreshDocuments();
}

export async function refreshDocuments() {
  try {
    const { documents } = await getJson("/documents");
    byId("document-count").textContent = documents.length;
    byId("no-documents").hidden = documents.length > 0;
    byId("documents").replaceChildren(...documents.map(row));
    tell(null);
  } catch (error) {
    tell(error);
  }
}

function tell(error) {
  const notice = byId("library-problem");
  notice.hidden = error === null;
  notice.textContent = error === null ? "" : (error.sentence ?? error.message);
}

function row(record) {
  const item = element("li");
  const size = record.pages === 1 ? "1 page" : `${record.pages} pages`;
  const detail = [record.authors.join(", "), year(record.published), size, record.file_name];
  item.append(element("p", { className: "title", textContent: record.title }));
  item.append(element("p", { className: "source-detail", textContent: detail.filter(Boolean).join(" · ") }));
  for (const [text, className] of remarks(record)) item.append(element("p", { className, textContent: text }));
  item.append(actions(record));
  return item;
}

function remarks(record) {
  const told = [];
  if (record.stands_aside) told.push(["Steps aside in answers: the document it sums up is in the library.", "hint"]);
  const bad = Object.entries(record.health).filter(([state, count]) => state !== "read" && count > 0);
  for (const [state, count] of bad) {
    told.push([`${count} of ${record.pages} pages: ${state}`, state === "empty picture" ? "hint" : "warn"]);
  }
  return told;
}

function actions(record) {
  const box = element("div", { className: "row" });
  const open = element("a", { className: "quiet", textContent: "Open", target: "_blank", rel: "noopener" });
  open.href = `${documentPath(record.id)}/file`;
  open.setAttribute("aria-label", `Open ${record.title}`);
  const remove = button("Delete", () => confirmRemoval(record, box), "quiet danger");
  remove.setAttribute("aria-label", `Delete ${record.title}`);
  box.append(open, remove);
  return box;
}

function confirmRemoval(record, box) {
  const question = element("span", { className: "ask", textContent: "Delete this document from the library?" });
  const yes = button("Yes, delete", () => removeDocument(record), "quiet danger");
  const keep = button("Keep", () => {
    const again = actions(record);
    box.replaceWith(again);
    again.lastElementChild.focus();
  });
  yes.setAttribute("aria-label", `Yes, delete ${record.title}`);
  box.replaceChildren(question, yes, keep);
  keep.focus();
}

async function removeDocument(record) {
  try {
    await request(`/documents/${record.id}`, { method: "DELETE" });
    await refreshDocuments();
    byId("upload-status").textContent = `${record.title} was deleted.`;
    byId("library-title").focus();
  } catch (error) {
    tell(error);
  }
}

export function setUpLibrary() {
  byId("open-library").addEventListener("click", openLibrary);
  byId("close-library").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  refreshDocuments();
}
