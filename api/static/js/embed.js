// The chat box on another page: <script src="https://our-host/embed.js" async></script>
// It adds a button and, once that is pressed, a frame with the chat; nothing of the page around it is read or changed.

(() => {
  const script = document.currentScript;
  if (!script || document.querySelector("programme-assistant")) return;
  const home = new URL(script.src).origin;
  const label = script.dataset.label || "Ask the documents";
  const side = script.dataset.side === "left" ? "left" : "right";
  const small = matchMedia("(max-width: 40rem), (max-height: 30rem)");

  // A style sheet that is made, not written into the page, is allowed by every policy.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; color-scheme: light dark; --ground: #fff; --ink: #1c2226; --accent: #0b5d66; --on: #fff; --line: #d9d6ce; }
    @media (prefers-color-scheme: dark) { :host { --ground: #1d2428; --ink: #e7eaec; --accent: #84d0d6; --on: #0c1c1e; --line: #343e44; } }
    * { box-sizing: border-box; font: 600 16px / 1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; }
    button, a { color: inherit; cursor: pointer; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    .open { position: fixed; z-index: 2147483000; ${side}: 16px; bottom: 16px; min-height: 48px; padding: 10px 20px; border: 0; border-radius: 24px; background: var(--accent); color: var(--on); box-shadow: 0 4px 16px rgb(0 0 0 / 30%); }
    .open:hover { filter: brightness(1.12); }
    .open[hidden] { display: none; }
    dialog { position: fixed; z-index: 2147483000; inset: auto; ${side}: 16px; bottom: 16px; width: min(26rem, calc(100vw - 32px)); height: min(42rem, calc(100dvh - 32px)); max-width: none; max-height: none; margin: 0; padding: 0; overflow: hidden; border: 1px solid var(--line); border-radius: 12px; background: var(--ground); color: var(--ink); box-shadow: 0 8px 40px rgb(0 0 0 / 35%); }
    dialog[open] { display: flex; flex-direction: column; }
    header { display: flex; align-items: center; gap: 4px; padding: 4px 4px 4px 16px; border-bottom: 1px solid var(--line); }
    h2 { flex: 1; margin: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    header :is(a, button) { display: grid; place-items: center; width: 44px; height: 44px; border: 0; border-radius: 8px; background: none; font-size: 20px; text-decoration: none; }
    header :is(a, button):hover { background: color-mix(in srgb, var(--accent) 15%, transparent); }
    iframe { flex: 1; width: 100%; min-height: 0; border: 0; background: var(--ground); }
    @media (max-width: 40rem), (max-height: 30rem) { dialog { inset: 0; width: 100vw; height: 100dvh; border: 0; border-radius: 0; } }
    @media print { .open, dialog { display: none !important; } }
  `);

  const element = (name, properties = {}, attributes = {}) => {
    const made = Object.assign(document.createElement(name), properties);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    return made;
  };

  const host = element("programme-assistant");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  const open = element("button", { type: "button", className: "open", textContent: label }, { "aria-expanded": "false", "aria-haspopup": "dialog" });
  const dialog = element("dialog", {}, { "aria-labelledby": "title" });
  const header = element("header");
  const close = element("button", { type: "button", textContent: "✕" }, { "aria-label": "Close" });
  const whole = element("a", { href: `${home}/`, target: "_blank", rel: "noopener", textContent: "↗", title: "Open in a window of its own" }, { "aria-label": "Open in a window of its own" });
  header.append(element("h2", { id: "title", textContent: label }), whole, close);
  dialog.append(header);
  root.append(open, dialog);
  let frame = null;

  function show() {
    if (!frame) {
      frame = element("iframe", { src: `${home}/embed`, title: label, allow: "clipboard-write", referrerPolicy: "no-referrer" });
      frame.addEventListener("load", () => dialog.open && frame.focus());
      dialog.append(frame);
    }
    if (small.matches) dialog.showModal();
    else dialog.show();
    open.hidden = true;
    open.setAttribute("aria-expanded", "true");
    frame.focus();
  }

  function closed() {
    open.hidden = false;
    open.setAttribute("aria-expanded", "false");
    // Whoever went back to the page meanwhile stays where they are.
    if (document.activeElement === document.body || document.activeElement === host) open.focus();
  }

  open.addEventListener("click", show);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", closed);
  dialog.addEventListener("keydown", (event) => event.key === "Escape" && dialog.open && dialog.close());
  addEventListener("message", (event) => {
    // Only our own frame is heard, and all that it can say is that it wants to be closed.
    if (frame && event.source === frame.contentWindow && event.origin === home && event.data === "close") dialog.close();
  });
  small.addEventListener("change", () => {
    if (!dialog.open) return;
    dialog.close();
    show();
  });
  const add = () => document.body.append(host);
  if (document.body) add();
  else addEventListener("DOMContentLoaded", add);
})();
