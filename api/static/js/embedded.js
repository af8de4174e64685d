// The chat in the frame of another page.

export const isEmbedded = location.pathname === "/embed" || location.pathname.startsWith("/embed/");

// Escape closes the box, unless something in it is open that Escape closes first. The page around it hears one word;
// it may be anybody's, so nothing else is ever told to it.
export function listenForEscape() {
  if (window.parent === window) return;
  let wasOpen = false;
  const anyOpen = () => document.querySelector("dialog[open], .filter-panel:not([hidden])") !== null;
  addEventListener("keydown", (event) => (wasOpen = event.key === "Escape" && anyOpen()), true);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !wasOpen) window.parent.postMessage("close", "*");
  });
}
