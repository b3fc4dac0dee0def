import { runChain } from '#test/crash/chain.ts';
const [scenario, kills] = [process.argv[2], JSON.parse(process.argv[3])];
const t=Date.now();
const r = await runChain({scenario, seed: 1, kills: kills.map(([point,nth,during='order'])=>({point,nth,during}))} as never);
console.log(Date.now()-t, JSON.stringify(r,null,1));
