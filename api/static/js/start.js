// Pages for new people: what is ticked off stays in this browser; a page that is still being made shows itself later.

import { getJson } from "./api.js";
import { byId } from "./dom.js";

const KEPT = "start:read";
const AGAIN_MS = 1500;
const TRIES = 200;

function read() {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEPT) ?? "[]"));
  } catch {
    return new Set();
  }
}

function keep(done) {
  try {
    localStorage.setItem(KEPT, JSON.stringify([...done]));
    return true;
  } catch {
    return false; // no storage in this browser: the marks hold for this visit
  }
}

function setUpMarks(steps) {
  const done = read();
  const rows = [...steps.querySelectorAll(".step")];
  const tell = () => {
    const count = rows.filter((row) => row.querySelector("input").checked).length;
    byId("progress").textContent = count ? `${count} of ${rows.length} steps read` : "";
  };
  for (const row of rows) {
    const box = row.querySelector("input");
    const key = `${steps.dataset.role}/${row.dataset.topic}`;
    box.checked = done.has(key);
    row.classList.toggle("is-done", box.checked);
    row.querySelector(".done").hidden = false;
    box.addEventListener("change", () => {
      if (box.checked) done.add(key);
      else done.delete(key);
      row.classList.toggle("is-done", box.checked);
      keep(done);
      tell();
    });
  }
  tell();
}

async function waitUntilReady() {
  for (let tries = 0; tries < TRIES; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    const told = await getJson(location.pathname === "/start" || location.pathname === "/glossary" ? "/start" : location.pathname).catch(() => null);
    if (told?.ready) {
      location.reload();
      return;
    }
  }
}

if (byId("steps")) setUpMarks(byId("steps"));
if (document.querySelector("main").dataset.ready === "no") waitUntilReady();
