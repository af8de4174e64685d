// Text to the clipboard; where a browser forbids that (a page without HTTPS), through a selection.

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

function copySelected(text) {
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  before?.focus();
  return done;
}

const quoted = (text) => (/^[“"‘']/.test(text) ? text : `“${text}”`);

// The quote, who says it, and where it stands: as a briefing has it.
export function withReference({ quote, speaker, lead, in_text, reference }) {
  const head = lead ? `${lead.text}\n` : "";
  const who = [speaker?.text, in_text].filter(Boolean).join(", ");
  return `${head}${quoted(quote)}\n– ${who}\n\n${reference}`;
}
