// Tabs of one browser tell each other what has changed; what happened elsewhere is seen when a tab is looked at again.

const channel = "BroadcastChannel" in window ? new BroadcastChannel("conversations") : null;

// `id` is the conversation that has changed; null stands for any of them.
export const tell = (id) => channel?.postMessage({ id });

export function listen(onChange) {
  channel?.addEventListener("message", (event) => onChange(event.data.id));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") onChange(null);
  });
}
