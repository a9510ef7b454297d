import type { Peer, PeerPlace } from './peer.ts';
import { openPeer as openTaskdeck } from './taskdeck.ts';

/** Taskdeck without Redis: BullMQ on Postgres. */
export const openPeer = (place: PeerPlace): Promise<Peer> => openTaskdeck(place, 'postgres');
