// What may identify a child or a family is not sent: the page says so under the box, and offers the question without it.

import { focusBox, putInBox } from "./box.js";
import { button, byId, element } from "./dom.js";

const notice = byId("case-data");

// `problem` is what the API answered; `send(text, insist)` asks again.
export function offerEdited(problem, question, send) {
  const again = (text, insist) => {
    closeNotice();
    putInBox("");
    send(text, insist);
  };
  const choices = element("p", { className: "choices" });
  const parts = [
    problem.safety && safetyLine(problem.safety),
    element("h2", { id: "case-data-title", textContent: problem.title }),
    element("p", { textContent: problem.detail }),
  ];
  if (problem.edited) {
    parts.push(element("p", { className: "edited", dir: "auto", textContent: problem.edited }));
    choices.append(button("Send this instead", () => again(problem.edited, false), "primary"));
  }
  choices.append(button("Change it myself", () => change(problem, question)));
  if (problem.may_insist) choices.append(button("Send as it is", () => again(question, true)));
  notice.replaceChildren(...parts.filter(Boolean), choices);
  notice.hidden = false;
  putInBox(question);
  notice.scrollIntoView({ block: "nearest" });
  return `${problem.safety ?? ""} ${problem.title} The choices are below the box.`.trim();
}

export function closeNotice() {
  notice.hidden = true;
  notice.replaceChildren();
}

// The first thing that was found is selected. The API counts characters, a text box counts UTF-16 units.
function change(problem, question) {
  closeNotice();
  putInBox(question);
  const [first] = problem.found;
  const units = (count) => [...question].slice(0, count).join("").length;
  byId("question").setSelectionRange(units(first.start), units(first.end));
}

notice.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  closeNotice();
  byId("question").focus();
  focusBox();
});

export const safetyLine = (line) => element("p", { className: "safety", role: "note", textContent: line });
