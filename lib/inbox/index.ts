export { deliverToInbox } from './deliver.ts';
export { inboxMessageOf } from './query.ts';
