// Entries to another place: dragged, or step by step with buttons and the keyboard.

// `moved(node)` is called when an entry stands in its new place. Nothing moves before it is dropped: entries that gave
// way while the pointer rests would slip under it, and give way again.
export function setUpDragging(list, moved) {
  let dragged = null;
  let over = null;
  const mark = (node, name) => {
    over?.classList.remove("drop-before", "drop-after");
    over = node;
    over?.classList.add(name);
  };
  list.addEventListener("dragstart", (event) => {
    if (!event.target.classList?.contains("grip")) return;
    dragged = event.target.closest(".item");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.id);
    event.dataTransfer.setDragImage(dragged, 20, 20);
    dragged.classList.add("dragged");
  });
  list.addEventListener("dragover", (event) => {
    const node = event.target.closest(".item");
    if (!dragged || !node) return;
    event.preventDefault();
    const { top, height } = node.getBoundingClientRect();
    mark(node === dragged ? null : node, event.clientY < top + height / 2 ? "drop-before" : "drop-after");
  });
  list.addEventListener("drop", (event) => {
    if (!dragged || !over) return;
    event.preventDefault();
    if (over.classList.contains("drop-before")) over.before(dragged);
    else over.after(dragged);
    moved(dragged);
  });
  list.addEventListener("dragend", () => {
    dragged?.classList.remove("dragged");
    mark(null);
    dragged = null;
  });
}

// One place up or down; false at the end of the list.
export function step(node, up) {
  const other = up ? node.previousElementSibling : node.nextElementSibling;
  if (!other) return false;
  if (up) other.before(node);
  else other.after(node);
  return true;
}
