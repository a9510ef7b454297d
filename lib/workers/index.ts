export { beatWorker, forgetWorkers, listWorkers, registerWorker } from './registry.ts';
