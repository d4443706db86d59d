"""The page that a Pix is paid on, in one file: phones on slow lines ask for nothing more."""

import base64
import hashlib

HTML = """<!doctype html>
<html lang="$lang">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>$t_title</title>
<link rel="icon" href="data:,">
<style>$style</style>
</head>
<body data-token="$token" data-state="$state" data-lang="$short">
<main>
<h1>$t_title</h1>
<p class="to">$t_to <strong>$company</strong></p>
<p class="amount">$amount</p>
<p class="about">$description</p>
<p class="said" role="status" aria-live="polite" id="said"
  data-preparing="$t_preparing" data-open="$t_open" data-paid="$t_paid" data-over="$t_over"
  data-returned="$t_returned" data-offline="$t_offline">$said</p>
<section class="pay">
<img src="/pay/$token/qr.svg" alt="$t_picture" width="260" height="260">
<label for="code">$t_code</label>
<textarea id="code" readonly rows="5" spellcheck="false">$code</textarea>
<button type="button" id="copy" data-copied="$t_copied">$t_copy</button>
<p class="small">$t_until <time id="ends" datetime="$ends">$ends_text</time></p>
<p class="small waiting">$t_waiting</p>
</section>
</main>
<script>$script</script>
</body>
</html>
"""

STYLE = """:root { color-scheme: light dark; --ink: #1a1b1e; --paper: #fff; --quiet: #5c5f66;
  --line: #ced4da; --go: #0b7285; --good: #2b8a3e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9ecef; --paper: #1a1b1e; --quiet: #adb5bd;
  --line: #495057; --go: #22b8cf; --good: #51cf66; } }
* { box-sizing: border-box; }
body { margin: 0; font: 17px/1.45 system-ui, sans-serif; color: var(--ink);
  background: var(--paper); }
main { max-width: 26rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; text-align: center; }
h1 { font-size: 1.15rem; margin: 0 0 .5rem; }
p { margin: .4rem 0; overflow-wrap: anywhere; }
.amount { font-size: 2.2rem; font-weight: 700; }
.about:empty { display: none; }
.about, .to, .small { color: var(--quiet); }
.small { font-size: .9rem; }
img { background: #fff; border: 1px solid var(--line); border-radius: 12px; margin: .75rem 0;
  width: min(260px, 80vw); height: auto; }
label { display: block; text-align: left; font-size: .9rem; }
textarea { width: 100%; font: 13px/1.4 ui-monospace, monospace; padding: .6rem; resize: none;
  color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 8px; }
button { width: 100%; min-height: 52px; margin: .6rem 0; font: inherit; font-weight: 600;
  color: var(--paper); background: var(--go); border: 0; border-radius: 10px; cursor: pointer; }
button:focus-visible, textarea:focus-visible { outline: 3px solid var(--go); outline-offset: 2px; }
body:not([data-state=open]) .pay { display: none; }
body[data-state=paid] .said { color: var(--good); font-size: 1.5rem; font-weight: 700; }
"""

SCRIPT = """"use strict";
const body = document.body;
const said = document.getElementById("said");
const copy = document.getElementById("copy");
const code = document.getElementById("code");
const ends = document.getElementById("ends");
const pause = (ms) => new Promise((go) => setTimeout(go, ms));

ends.textContent = new Date(ends.dateTime).toLocaleString(document.documentElement.lang,
  { dateStyle: "short", timeStyle: "short" });

copy.addEventListener("click", async () => {
  code.select();
  try {
    await navigator.clipboard.writeText(code.value);
  } catch {
    document.execCommand("copy");
  }
  const before = copy.textContent;
  copy.textContent = copy.dataset.copied;
  await pause(2000);
  copy.textContent = before;
});

async function follow() {
  let state = body.dataset.state;
  const path = `/pay/${body.dataset.token}/state`;
  while (state === "preparing" || state === "open") {
    try {
      const answer = await fetch(`${path}?seen=${state}`, { cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      const now = (await answer.json()).state;
      said.textContent = said.dataset[now];
      // Its code is in the page that the server makes.
      if (now === "open" && state === "preparing") return location.reload();
      state = body.dataset.state = now;
    } catch {
      said.textContent = said.dataset.offline;
      await pause(3000 + Math.random() * 2000);
    }
  }
}

void follow();
"""


def _hashed(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


POLICY = (
    f"default-src 'none'; script-src 'sha256-{_hashed(SCRIPT)}';"
    f" style-src 'sha256-{_hashed(STYLE)}'; img-src 'self' data:; connect-src 'self';"
    " frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""These very texts, and nothing that somebody might bring in otherwise."""
