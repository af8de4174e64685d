// What the chat page shows of the library: how many documents there are, and that dropped files are on their way.

import { getJson } from "./api.js";
import { byId, element } from "./dom.js";
import { setUpDrop } from "./drop.js";
import { choose, parcels, send } from "./upload.js";
import { countedFiles } from "./words.js";

async function countDocuments() {
  const answer = await getJson("/documents?limit=0").catch(() => null);
  if (!answer) return;
  byId("document-count").textContent = answer.total;
  byId("no-documents").hidden = answer.total > 0;
}

async function receive(found, fromFolder) {
  const { accept, refused, parcelMb } = byId("adding").dataset;
  const { files, passed } = choose(found, fromFolder, { accept, refused });
  if (!files.length) {
    if (found.length) tell("There is no document to add here.");
    return;
  }
  tell(`Sending ${countedFiles(files.length)} …`);
  try {
    for (const parcel of parcels(files, Number(parcelMb))) await send(parcel);
    const others = passed ? ` ${countedFiles(passed)} of other types passed over.` : "";
    tell(`Adding ${countedFiles(files.length)}.${others} `, element("a", { href: "/library", textContent: "See how far they are" }));
  } catch (error) {
    tell(error.sentence ?? error.message);
  }
}

function tell(...parts) {
  const notice = byId("adding");
  notice.hidden = false;
  notice.replaceChildren(...parts);
}

export function setUpShelf() {
  setUpDrop(receive, tell);
  countDocuments();
}
