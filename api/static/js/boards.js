// Boards, as every page may use them: which one is in use, and how a quote gets onto it.
//
// The chat page calls `addToBoard(citation)` with a citation of an answer; examples bring their speaker along.

import { getJson, postJson, request } from "./api.js";

const KEY = "assistant-board";

export function chosenBoard() {
  return localStorage.getItem(KEY) ?? "default";
}

export function chooseBoard(id) {
  localStorage.setItem(KEY, id);
}

// All boards; one that was chosen and is gone gives way to the first.
export async function readBoards() {
  const { boards } = await getJson("/boards");
  if (!boards.some((board) => board.id === chosenBoard())) chooseBoard(boards[0].id);
  return boards;
}

// Resolves to the board's name and whether the quote is new on it; rejects with a Problem that says why not.
export async function addToBoard(citation, id = chosenBoard()) {
  const { document_id, page, start, end, quote } = citation;
  const ends = (line) => (line ? { start: line.start, end: line.end } : null);
  const body = { document_id, page, start, end, quote, speaker: ends(citation.speaker), lead: ends(citation.lead) };
  const response = await postJson(`/boards/${id}/items`, body).catch(async (problem) => {
    if (problem.status !== 404 || id === "default") throw problem;
    chooseBoard("default"); // the board has been deleted in another tab
    return postJson("/boards/default/items", body);
  });
  const { name } = await getJson(`/boards/${chosenBoard()}`);
  return { name, isNew: response.status === 201 };
}

export function sendJson(method, path, body, options = {}) {
  const headers = { "Content-Type": "application/json" };
  return request(path, { method, headers, body: JSON.stringify(body), ...options });
}
