// node /tmp/one.mjs engine|p-limit|floor [lines] [json vendor options] [prof]
import { mkdtempSync, rmSync } from 'node:fs';
import { startVendor, startClient } from '/work/main/bench/setup/children.ts';
import { proofTexts } from '/work/main/test/builders/proof.ts';
const [name, lines = '500', opts = '{}', prof] = process.argv.slice(2);
const folder = mkdtempSync('/tmp/one-');
const v = await startVendor({ serviceTimeMs: 200, audioBytes: 50000, plan: 'enterprise', ...JSON.parse(opts) });
const c = startClient((n) => `/work/main/node_modules/.cache/cuebooth-bench-ab/${n.replace('-bare','')}.mjs`, name.replace('-bare',''), { folder, baseUrl: v.baseUrl, apiKey: v.apiKey, texts: proofTexts(+lines, 1), warmUp: 'One line first.', concurrency: 10, decode: name === "engine-bare" ? "none" : "workers", resume: false, skipExisting: false }, process.env.STRACE ? { wrapper: ['strace','-f','-q','-y','-e','trace=fsync,fdatasync,access,faccessat,faccessat2','-o',process.env.STRACE] } : prof ? { nodeFlags: ['--cpu-prof', '--cpu-prof-dir=' + prof] } : {});
const a = await c.answer; const b = await v.books();
console.log(name, { ...a, stored: a.stored.length, counts: b.counts });
await v.close(); rmSync(folder, { recursive: true });
