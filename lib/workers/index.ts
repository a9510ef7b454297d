export { aliveSeconds, beatWorker, forgetWorkers, listWorkers, registerWorker } from './registry.ts';
