/** Looks of the client's page: calm, readable at arm's length, dark or light as the system is. */
export const pageStyle = `
:root { color-scheme: dark light; --ground: #131416; --surface: #1c1d20; --line: #33363b; --text: #ececee; --soft: #aab0b8;
  --accent: #ff9a55; --good: #5cc98f; --bad: #ff8189; --wave: #5a6069; --ink: #16171a; --focus: #ffb27d; }
@media (prefers-color-scheme: light) { :root { --ground: #efefed; --surface: #fff; --line: #d3d4cf; --text: #1b1c1e; --soft: #51555b;
  --accent: #b04607; --good: #12703f; --bad: #b01d2e; --wave: #a3a7ad; --ink: #fff; --focus: #b04607; } }
* { box-sizing: border-box; margin: 0; }
body { background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, 'Segoe UI', sans-serif; }
button, input, select, textarea { font: inherit; color: inherit; }
button { padding: 6px 14px; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); cursor: pointer; }
button:hover { border-color: var(--soft); }
input, select, textarea { padding: 6px 10px; border: 1px solid var(--soft); border-radius: 8px; background: var(--ground); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
kbd { margin-left: 6px; padding: 0 5px; border: 1px solid var(--line); border-radius: 4px; color: var(--soft); font: 12px/18px system-ui, sans-serif; }
header { position: sticky; top: 0; z-index: 1; border-bottom: 1px solid var(--line); background: var(--surface); }
.top { display: flex; flex-wrap: wrap; align-items: center; gap: 10px 18px; max-width: 980px; margin: auto; padding: 14px 20px; }
h1 { flex: 1 1 260px; font-size: 20px; letter-spacing: -0.01em; }
.top label { display: flex; align-items: center; gap: 8px; color: var(--soft); }
.count { color: var(--soft); font-variant-numeric: tabular-nums; }
.save kbd { border-color: currentColor; color: inherit; }
.save { border-color: transparent; background: var(--accent); color: var(--ink); font-weight: 600; }
main { max-width: 980px; margin: auto; padding: 18px 20px 60px; }
.note { white-space: pre-wrap; margin-bottom: 12px; }
.soft, .hint { color: var(--soft); font-size: 14px; }
.filters { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 18px; margin: 14px 0; color: var(--soft); }
.filters label { display: flex; align-items: center; gap: 8px; }
ol { display: grid; gap: 8px; padding: 0; list-style: none; }
li { padding: 12px 16px; border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: 10px; background: var(--surface);
  content-visibility: auto; contain-intrinsic-size: auto 76px; scroll-margin: 140px; }
li[data-verdict='approved'] { border-left-color: var(--good); }
li[data-verdict='rejected'] { border-left-color: var(--bad); }
li[aria-current] { border-color: var(--accent); border-left-color: var(--accent); contain-intrinsic-size: auto 260px; }
li[aria-current][data-verdict='approved'] { border-left-color: var(--good); }
li[aria-current][data-verdict='rejected'] { border-left-color: var(--bad); }
.head { display: flex; justify-content: space-between; gap: 12px; color: var(--soft); font-size: 13px; font-variant-numeric: tabular-nums; }
.text { font-size: 17px; overflow-wrap: anywhere; }
.open-text { display: block; width: 100%; padding: 0; border: 0; background: none; text-align: left; }
.good { color: var(--good); } .bad { color: var(--bad); }
canvas { display: block; width: 100%; height: 72px; margin: 10px 0; border-radius: 8px; cursor: pointer; touch-action: none; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; }
.actions [aria-pressed='true'].approve { border-color: var(--good); color: var(--good); }
.actions [aria-pressed='true'].reject { border-color: var(--bad); color: var(--bad); }
.comments { display: grid; gap: 6px; margin-top: 10px; padding: 0; }
.comments li { display: flex; align-items: baseline; gap: 10px; padding: 6px 10px; border: 0; border-radius: 8px; background: var(--ground); }
.comments span { flex: 1; overflow-wrap: anywhere; white-space: pre-wrap; }
.comments button { padding: 0 8px; }
form { display: flex; gap: 8px; margin-top: 10px; }
form textarea { flex: 1; min-height: 38px; resize: vertical; }
.said { min-height: 1.5em; margin: 10px 0; color: var(--soft); }
.failed { color: var(--bad); }
`;
