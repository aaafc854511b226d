import { parseArgs } from 'node:util';
import { faultRun, faultsOf } from './faultRun.ts';

/** npm run test:faults -- [--long] [--seed N]: prints the course of a run, and exits 1 when anything was lost. */
const { values } = parseArgs({
  options: { long: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' } },
});
const seed = Number(values.seed);
const plan = values.long
  ? { files: 200, clients: 8, kills: 24, killEveryMs: 1_000, paceMs: 3_000, seed }
  : { files: 40, clients: 8, kills: 5, killEveryMs: 400, paceMs: 600, seed };
console.log(`${plan.files} files, ${plan.clients} clients, ${plan.kills} kills, seed ${seed}`);
const report = await faultRun(plan, console.log);
for (const state of ['read', 'failed', 'waiting']) {
  console.log(`${state}: ${report.files.filter((file) => file.state === state).length}`);
}
const attempts = report.jobs.reduce((sum, job) => sum + job.attempt, 0);
console.log(
  `${report.jobs.length} jobs in ${attempts} attempts, disk ${report.fullDisk}, ${report.seconds.toFixed(0)} s`,
);
const faults = faultsOf(report);
for (const fault of faults) console.error(fault);
console.log(faults.length === 0 ? 'nothing lost, nothing twice, check clean' : `${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
