export { readCounts, readCountsBy, readDepths } from './counts.ts';
export { readFailureGroups } from './failures.ts';
export { foldChanges, forgetRollups } from './fold.ts';
export { readQueueLevels } from './queue-levels.ts';
export { readDefinitionRates, readQueueRates, readStats } from './rollups.ts';
