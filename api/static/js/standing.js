// What a reader of a citation must know: how its page was read, and what has become of the document since.

import { getJson } from "./api.js";
import { byId, element } from "./dom.js";
import { capital, day } from "./words.js";

// The document as it is now, or its tombstone; of a service that cannot be reached, what the citation says.
export async function standingOf(citation) {
  if (citation.state === "removed") return knownStanding(citation);
  try {
    const document = await getJson(`/documents/${citation.document_id}`);
    const current = document.versions.find((version) => version.state === "current");
    return { state: document.state, since: document.state_at, current, document };
  } catch (error) {
    if (error.status === 410 || error.status === 404) return { ...knownStanding(citation), state: "removed" };
    return knownStanding(citation);
  }
}

export function knownStanding(citation) {
  const current = citation.superseded_by ? { id: citation.superseded_by, pages: null } : undefined;
  return { state: citation.state ?? "current", since: citation.state_at, current, document: null };
}

// The notice of an earlier version, with the way to the same page of the present one where it has that page.
export function showVersion({ state, since, current }, page) {
  const notice = byId("source-version");
  notice.hidden = state !== "superseded";
  if (notice.hidden) return;
  notice.replaceChildren(`An earlier version, superseded${since ? ` on ${day(since)}` : ""}. `);
  if (!current) return;
  const there = current.pages !== null && page > current.pages ? 1 : page;
  const href = `/documents/${encodeURIComponent(current.id)}?page=${there}`;
  notice.append(element("a", { href, target: "_blank", rel: "noopener", textContent: "Open the current one" }));
}

// How the page in view was read: of the cited page the citation says it at once, of the others the document.
export function showHealth(citation, { document }, page) {
  const read = document?.page_health.find((one) => one.page === page);
  const cited = page === citation.page && citation.caution ? `${capital(citation.caution)}: check it against the picture.` : "";
  const notice = byId("source-health");
  notice.textContent = read ? (read.note ?? "") : cited;
  notice.hidden = !notice.textContent;
}

export function showTombstone(citation, { state, since }) {
  const gone = state === "removed";
  byId("source-gone").hidden = !gone;
  byId("source-standing").hidden = gone;
  const on = since ? ` on ${day(since)}` : "";
  const name = `“${citation.document_title}” (${citation.file_name})`;
  byId("source-gone").textContent = `${name} was removed from the library${on}: nothing of it is kept.`;
  return gone;
}
