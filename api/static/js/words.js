// Figures and states in words.

export const FILES = {
  pdf: "PDF",
  docx: "Word file",
  pptx: "PowerPoint file",
  html: "web page",
  markdown: "Markdown file",
  text: "text file",
};
export const UNITS = { pdf: "page", docx: "section", pptx: "slide", html: "section", markdown: "section", text: "part" };
export const OUTCOMES = {
  added: "Added",
  replaced: "Replaced the earlier version",
  unchanged: "Already in the library",
};
export const FILE_STAGES = { reading: "Reading page", embedding: "Indexing passage" };

export const countedFiles = (count) => (count === 1 ? "1 file" : `${count} files`);

// “3 March 2026”, as the server writes it
export function day(moment) {
  const options = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return moment ? new Intl.DateTimeFormat("en-GB", options).format(new Date(moment)) : "";
}

export function timeLeft(seconds) {
  if (seconds === null || seconds === undefined) return "";
  if (seconds < 10) return "a few seconds left";
  if (seconds < 55) return `about ${Math.ceil(seconds / 10) * 10} seconds left`;
  const minutes = Math.round(seconds / 60) || 1;
  if (minutes < 60) return `about ${minutes} ${minutes === 1 ? "minute" : "minutes"} left`;
  const hours = Math.floor(minutes / 60);
  const rest = Math.round((minutes % 60) / 10) * 10;
  return `about ${hours} ${hours === 1 ? "hour" : "hours"}${rest ? ` ${rest} minutes` : ""} left`;
}

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
