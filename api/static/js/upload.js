// Files in, by button or by drag and drop, and how far each of them is.

import { getJson, request } from "./api.js";
import { byId, element } from "./dom.js";
import { openLibrary, refreshDocuments } from "./library.js";

const WORDS = { added: "Added", replaced: "Replaced the earlier version", unchanged: "Already in the library", failed: "Not added" };
const STAGES = { reading: "Reading page", embedding: "Indexing passage", storing: "Saving, step" };
const POLL_MS = 400;

export function setUpUpload() {
  const input = byId("files");
  input.addEventListener("change", () => {
    send([...input.files]);
    input.value = "";
  });
  const drop = byId("drop");
  let depth = 0;
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragenter", (event) => carriesFiles(event) && (drop.hidden = ++depth === 0));
  addEventListener("dragleave", (event) => carriesFiles(event) && (drop.hidden = --depth <= 0));
  addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
  addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth = 0;
    drop.hidden = true;
    openLibrary();
    send([...event.dataTransfer.files]);
  });
}

async function send(files) {
  if (!files.length) return;
  const rows = files.map((file) => jobRow(file.name));
  byId("jobs").replaceChildren(...rows.map((row) => row.node));
  say(files.length === 1 ? "Adding 1 file." : `Adding ${files.length} files.`);
  const body = new FormData();
  for (const file of files) body.append("files", file);
  try {
    const response = await request("/documents", { method: "POST", body });
    await follow((await response.json()).job_id, rows);
  } catch (error) {
    for (const row of rows) if (!row.finished) row.fail(error.sentence ?? error.message);
    say("The files could not be added.");
  }
  refreshDocuments();
}

async function follow(id, rows) {
  for (;;) {
    const job = await getJson(`/jobs/${id}`);
    job.files.forEach((file, index) => rows[index]?.update(file));
    if (job.state === "done") {
      say(summary(job.files));
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function summary(files) {
  const failed = files.filter((file) => file.report?.status === "failed").length;
  const good = files.length - failed;
  const ready = good === 1 ? "1 file is in the library." : `${good} files are in the library.`;
  return failed ? `${ready} ${failed} could not be added.` : ready;
}

function jobRow(name) {
  const label = element("p", { className: "name", textContent: name });
  const state = element("p", { textContent: "Sending" });
  const bar = element("progress");
  bar.setAttribute("aria-label", `Progress of ${name}`);
  const node = element("li", {}, label, state, bar);
  const row = { node, finished: false };
  row.fail = (reason) => {
    row.finished = true;
    bar.hidden = true;
    state.className = "failed";
    state.textContent = `Not added. ${reason}`;
  };
  row.update = (file) => {
    if (file.report) finish(row, file.report, state, bar);
    else if (file.stage && file.total) {
      state.textContent = `${STAGES[file.stage] ?? file.stage} ${file.done} of ${file.total}`;
      [bar.max, bar.value] = [file.total, file.done];
    } else state.textContent = file.state === "waiting" ? "Waiting its turn" : "Opening";
  };
  return row;
}

function finish(row, report, state, bar) {
  if (report.status === "failed") {
    row.fail(report.reason ?? "");
    return;
  }
  row.finished = true;
  bar.hidden = true;
  const pages = report.pages ? `, ${report.pages} pages` : "";
  state.textContent = `${WORDS[report.status]}${pages}. ${report.reason ?? ""}`;
}

function say(text) {
  byId("upload-status").textContent = text;
}
