// The public API of the assistant; every failure becomes a sentence for a person.

import { isEmbedded } from "./embedded.js";

const BASE = "/api/v1";

export class Problem extends Error {
  constructor(title, detail = "", status = 0) {
    super(title);
    this.detail = detail;
    this.status = status;
  }

  get sentence() {
    return this.detail ? `${this.message} ${this.detail}` : this.message;
  }
}

export async function request(path, options = {}) {
  let response;
  try {
    response = await fetch(BASE + path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem("The assistant cannot be reached. Check that it is still running, then try again.");
  }
  if (response.ok) return response;
  if (response.status === 401) signIn();
  throw await problemOf(response);
}

function signIn() {
  if (isEmbedded) location.reload(); // its frame says how
  else location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
}

export async function getJson(path) {
  return (await request(path)).json();
}

export function postJson(path, body, signal) {
  const headers = { "Content-Type": "application/json" };
  return request(path, { method: "POST", headers, body: JSON.stringify(body), signal });
}

async function problemOf(response) {
  try {
    const body = await response.json();
    return new Problem(body.title, body.detail, response.status);
  } catch {
    return new Problem("The assistant sent an answer that could not be read. Try again.", "", response.status);
  }
}

export const documentPath = (id) => `${BASE}/documents/${encodeURIComponent(id)}`;

export const picturePath = (id, page, boxes) => {
  const marks = boxes.length ? `?boxes=${encodeURIComponent(boxes.map((box) => box.join(",")).join(";"))}` : "";
  return `${documentPath(id)}/pages/${page}.png${marks}`;
};

export const viewerPath = (id, page, boxes) => {
  const marks = boxes.length ? `&boxes=${encodeURIComponent(boxes.map((box) => box.join(",")).join(";"))}` : "";
  return `/documents/${encodeURIComponent(id)}?page=${page}${marks}`;
};
