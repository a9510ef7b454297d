'use client';

import { useEffect, useEffectEvent } from 'react';
import type { TopicListener } from './connection.ts';
import { useConnection } from './live-provider.tsx';

/** Listens to a topic for as long as the component is on the page. */
export function useTopic(name: string, listener: TopicListener): void {
  const connection = useConnection();
  const onMessage = useEffectEvent(listener.onMessage);
  const onJoined = useEffectEvent(listener.onJoined);

  useEffect(() => {
    return connection.listen(name, {
      onMessage: (event, payload) => onMessage(event, payload),
      onJoined: () => onJoined(),
    });
  }, [connection, name]);
}
