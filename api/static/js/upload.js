// Files on their way to the service: which of a folder are sent, under which names, and in how large parcels.

import { request } from "./api.js";

const MAX_FILES = 100;

// The files to send, and how many of a folder are of no type that is read.
export function choose(found, fromFolder, { accept, refused }) {
  if (!fromFolder) return { files: named(found), passed: 0 };
  const known = [...accept.split(","), ...refused.split(",")];
  const visible = found.filter(({ path }) => !path.split("/").some((part) => /^(\.|~\$)/.test(part)));
  const files = visible.filter(({ path }) => known.some((suffix) => path.toLowerCase().endsWith(suffix)));
  return { files: named(files), passed: visible.length - files.length };
}

// Two files of one name would be versions of each other: their folder's name is put in front.
function named(found) {
  const base = (path) => path.split("/").at(-1);
  const counts = new Map();
  for (const { path } of found) counts.set(base(path), (counts.get(base(path)) ?? 0) + 1);
  return found.map(({ file, path }) => {
    const folder = path.split("/").at(-2);
    return { file, name: counts.get(base(path)) > 1 && folder ? `${folder} - ${base(path)}` : base(path) };
  });
}

export function parcels(files, megabytes) {
  const made = [];
  let size = Infinity;
  for (const each of files) {
    if (size + each.file.size > megabytes * 1e6 || made.at(-1).length >= MAX_FILES) {
      made.push([]);
      size = 0;
    }
    made.at(-1).push(each);
    size += each.file.size;
  }
  return made;
}

// Sends one parcel into a collection, "" for everybody; the id of its job.
export async function send(parcel, collection) {
  const body = new FormData();
  if (collection) body.append("collection", collection);
  for (const { file, name } of parcel) body.append("files", file, name);
  return (await (await request("/documents", { method: "POST", body })).json()).job_id;
}
