// Files being added, also from another tab or before a refresh: how far each of them is, and how to stop it.

import { getJson, request } from "./api.js";
import { button, byId, element } from "./dom.js";
import { countedFiles, FILE_STAGES, OUTCOMES, timeLeft } from "./words.js";

const POLL_MS = 400;
const LOOK_MS = 4000;
const MANY = 100;
const SHOWN_MS = 600_000; // an ended job is still shown after a refresh
const views = new Map();
const hidden = new Set(JSON.parse(sessionStorage.getItem("hidden-jobs") ?? "[]"));
let changed = () => {};
let say = () => {};

export function setUpJobs(onChange, onSay) {
  [changed, say] = [onChange, onSay];
  look();
  setInterval(() => document.visibilityState === "visible" && look(), LOOK_MS);
  setInterval(poll, POLL_MS);
}

export function follow(id) {
  show(id, true);
}

const isOver = (job) => job.state === "done" || job.state === "cancelled";

async function look() {
  const answer = await getJson("/jobs").catch(() => null);
  for (const job of [...(answer?.jobs ?? [])].reverse()) {
    const recent = isOver(job) && Date.now() - Date.parse(job.ended_at) < SHOWN_MS;
    if ((!isOver(job) || recent) && !hidden.has(job.job_id)) show(job.job_id, false);
  }
}

function show(id, mine) {
  if (views.has(id)) return;
  const view = new JobView(id, mine);
  views.set(id, view);
  byId("jobs").hidden = false;
  byId("jobs").prepend(view.node);
  view.refresh();
}

let ticks = 0;

// An upload of hundreds of files is asked for less often: each answer tells of all of them.
function poll() {
  ticks += 1;
  for (const view of views.values()) {
    if (!view.over && (view.rows.length < MANY || ticks % 4 === 0)) view.refresh();
  }
}

class JobView {
  constructor(id, mine) {
    [this.id, this.mine, this.over, this.asking, this.ended] = [id, mine, false, false, 0];
    this.rows = [];
    this.title = element("h2");
    this.left = element("p", { className: "left" });
    this.bar = element("progress", { "aria-label": "Progress of all files", max: 1, value: 0 });
    this.stop = button("Cancel", () => this.cancel());
    this.hide = button("Hide", () => {
      this.remove();
      byId("library-title").focus();
    });
    this.hide.hidden = true;
    this.list = element("ul", { "aria-label": "Files of this upload" });
    const words = element("div", {}, this.title, this.left);
    const head = element("div", { className: "head" }, words, element("div", {}, this.stop, this.hide));
    this.node = element("article", { className: "job" }, head, this.bar, this.list);
  }

  async refresh() {
    if (this.asking) return;
    this.asking = true;
    try {
      this.update(await getJson(`/jobs/${this.id}`));
    } catch (error) {
      if (error.status === 404) this.remove();
      else this.left.textContent = error.sentence ?? error.message;
    } finally {
      this.asking = false;
    }
  }

  update(job) {
    const { counts } = job;
    const ended = counts.files - counts.waiting - counts.running;
    this.over = isOver(job);
    this.title.textContent = this.over ? outcome(counts) : `Adding ${countedFiles(counts.files)}, ${ended} done`;
    this.left.textContent = this.over ? "" : job.state === "waiting" ? waitingWords(job) : timeLeft(job.seconds_left);
    this.bar.value = job.progress;
    const wasFocused = document.activeElement === this.stop;
    this.bar.hidden = this.stop.hidden = this.over;
    this.hide.hidden = !this.over;
    if (this.over && wasFocused) this.hide.focus();
    this.stop.textContent = counts.files > 1 ? "Cancel all" : "Cancel";
    job.files.forEach((file, index) => this.row(index).update(file, this.over));
    if (ended !== this.ended || this.over) changed();
    this.ended = ended;
    if (this.over && this.mine) say(outcome(counts));
  }

  row(index) {
    if (!this.rows[index]) {
      this.rows[index] = new FileRow(this);
      this.list.append(this.rows[index].node);
    }
    return this.rows[index];
  }

  async cancel(number) {
    try {
      await request(`/jobs/${this.id}${number ? `/files/${number}` : ""}`, { method: "DELETE" });
    } catch (error) {
      say(error.sentence ?? error.message);
    }
    if (!number) this.stop.disabled = true;
    this.refresh();
  }

  remove() {
    this.over = true;
    hidden.add(this.id);
    sessionStorage.setItem("hidden-jobs", JSON.stringify([...hidden]));
    this.node.remove();
    byId("jobs").hidden = !byId("jobs").childElementCount;
  }
}

class FileRow {
  constructor(job) {
    this.name = element("p", { className: "name" });
    this.state = element("p");
    this.stop = button("Cancel", () => {
      this.stop.disabled = true;
      job.cancel(this.number);
    });
    this.node = element("li", { tabIndex: -1 }, element("div", {}, this.name, this.state), this.stop);
  }

  update(file, jobIsOver) {
    this.number = file.number;
    if (this.told === JSON.stringify(file)) return;
    this.told = JSON.stringify(file);
    const over = isOver(file);
    if (over && file.report?.document_id) this.link(file);
    else this.name.textContent = file.file;
    if ((over || jobIsOver) && document.activeElement === this.stop) this.node.focus();
    this.stop.hidden = over || jobIsOver;
    this.stop.setAttribute("aria-label", `Cancel ${file.file}`);
    this.state.textContent = fileWords(file);
    this.state.className = file.state === "done" && file.report?.status === "failed" ? "failed" : "";
  }

  link({ file, report }) {
    this.name.replaceChildren(element("a", { href: `/documents/${report.document_id}`, textContent: file }));
  }
}

function fileWords(file) {
  if (file.state === "cancelled") return "Cancelled: the library is as it was.";
  if (file.state === "waiting") return "Waiting its turn";
  if (!isOver(file)) return stageWords(file);
  const report = file.report ?? { status: "failed" };
  if (report.status === "failed") return `Not added. ${report.reason ?? ""}`;
  const size = report.pages ? `, ${report.pages} ${report.pages === 1 ? "page" : "pages"}` : "";
  return `${OUTCOMES[report.status]}${size}. ${report.reason ?? ""}`;
}

function stageWords({ stage, done, total }) {
  if (!stage || !total) return "Opening";
  return stage === "storing" ? "Saving" : `${FILE_STAGES[stage] ?? stage} ${done} of ${total}`;
}

function waitingWords(job) {
  const left = timeLeft(job.seconds_left);
  return `Waiting for the files ahead${left ? `, ${left}` : ""}`;
}

function outcome(counts) {
  const parts = [
    [counts.added, "added"],
    [counts.replaced, "replaced an earlier version"],
    [counts.unchanged, "already in the library"],
    [counts.failed, "not added"],
    [counts.cancelled, "cancelled"],
  ];
  const told = parts.filter(([count]) => count).map(([count, words]) => `${count} ${words}`);
  return `${countedFiles(counts.files)}: ${told.join(", ")}.`;
}
