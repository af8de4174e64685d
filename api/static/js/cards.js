// One example as a card: the same as the server writes the first ones (templates/example.html).

import { picturePath, viewerPath } from "./api.js";
import { button, element, year } from "./dom.js";

export function card(item, names) {
  const node = element("li", { className: `example ${item.kind}` });
  node.dataset.item = JSON.stringify(item);
  const words = element("div", { className: "words" }, kindLine(item, names));
  if (item.lead) words.append(element("p", { className: "lead", textContent: item.lead.text }));
  words.append(element("blockquote", { className: "quote", textContent: item.quote }));
  if (item.speaker) words.append(element("p", { className: "speaker", textContent: item.speaker.text }));
  words.append(where(item));
  if (item.themes.length) {
    const themes = item.themes.map((id) => names.theme[id] ?? id).join(", ");
    words.append(element("p", { className: "themes", textContent: themes }));
  }
  words.append(tools(item));
  node.append(words, element("p", { className: "picture" }, picture(item)));
  return node;
}

function kindLine(item, names) {
  const line = element("p", { className: "kind" }, element("span", { className: "tag", textContent: names.one[item.kind] }));
  const others = [...item.models.map((id) => names.model[id] ?? id), ...item.adopters.map((id) => names.adopter[id] ?? id)];
  for (const name of others) line.append(" ", element("span", { textContent: name }));
  return line;
}

export function where(item) {
  const title = element("cite", { textContent: item.article ?? item.document_title });
  const rest = [item.article && item.document_title, item.authors.join(", "), year(item.published), item.place, item.caution];
  return element("p", { className: "where" }, title, ...rest.filter(Boolean).map((part) => ` · ${part}`));
}

export function picture(item) {
  const alt = `The place on ${item.place} of ${item.document_title}, marked`;
  const src = picturePath(item.document_id, item.page, item.boxes);
  // `loading` before `src`: the other way round the picture is fetched at once
  return element("img", { loading: "lazy", alt, src: item.boxes.length ? `${src}&crop=1` : src });
}

function tools(item) {
  const nothing = () => {}; // the list listens for all of its cards
  const open = element("a", { className: "quiet", href: viewerPath(item.document_id, item.page, item.boxes), textContent: "Open at the page" });
  const copy = button("Copy with reference", nothing, "quiet copy");
  const add = button("Add to board", nothing, "quiet add");
  return element("p", { className: "tools" }, copy, " ", add, " ", open);
}
