// Files and folders dropped anywhere on a page: each with the path it had in what was dropped.

import { byId } from "./dom.js";

// `receive(found, fromFolder)` gets [{ file, path }], `fail` a sentence.
export function setUpDrop(receive, fail) {
  const overlay = byId("drop");
  if (!overlay) return; // who may not add documents has no place to drop them
  let depth = 0;
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragenter", (event) => carriesFiles(event) && (overlay.hidden = ++depth === 0));
  addEventListener("dragleave", (event) => carriesFiles(event) && (overlay.hidden = --depth <= 0));
  addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
  addEventListener("drop", async (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth = 0;
    overlay.hidden = true;
    // Entries must be asked for before the event ends; a folder has no file of its own.
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const plain = [...event.dataTransfer.files].map((file) => ({ file, path: file.name }));
    const hasFolder = entries.some((entry) => entry.isDirectory);
    try {
      receive(hasFolder ? (await Promise.all(entries.map(walk))).flat() : plain, hasFolder);
    } catch {
      fail("What was dropped could not be read. Choose the files instead.");
    }
  });
}

async function walk(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [{ file, path: entry.fullPath.replace(/^\//, "") }];
  }
  const reader = entry.createReader();
  const inside = [];
  for (;;) {
    // A folder is read in parts of a hundred
    const part = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!part.length) break;
    inside.push(...part);
  }
  return (await Promise.all(inside.map(walk))).flat();
}
