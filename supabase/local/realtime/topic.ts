/** Clients put this before a channel's name; policies and the database see the name alone. */
export const TOPIC_PREFIX = 'realtime:';
