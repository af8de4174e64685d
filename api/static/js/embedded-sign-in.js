// In the frame of another page, before anybody is signed in: looks again whenever the person comes back from there.

import { listenForEscape } from "./embedded.js";

listenForEscape();
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && location.reload());
