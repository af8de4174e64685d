import { leadBack } from "./conversation.js";

// A link may name the page in its fragment, which never reaches the server.

const named = location.hash.match(/^#page=(\d+)$/);
if (named && !new URLSearchParams(location.search).has("page")) {
  location.replace(`${location.pathname}?page=${named[1]}`);
}

leadBack();
