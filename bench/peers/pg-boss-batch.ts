import type { Peer, PeerPlace } from './peer.ts';
import { openPeer as openPgBoss } from './pg-boss.ts';

/** pg-boss, whose handler is given many jobs by one call. */
export const openPeer = (place: PeerPlace): Promise<Peer> => openPgBoss(place, 'batch');
