import Link from 'next/link';
import { type StatsWindow, statsWindows } from '#lib/stats/types';
import { cn } from '../ui/cn.ts';
import { segmentClasses, trackClasses } from '../ui/segments.ts';
import { windowNames } from './window.ts';

type WindowSwitchProps = {
  window: StatsWindow;
  /** The page, and the window that it has without saying so. */
  path: string;
  byDefault: StatsWindow;
};

/** Chooses how far back the figures reach; the address holds it. */
export function WindowSwitch({ window, path, byDefault }: WindowSwitchProps) {
  return (
    <nav aria-label="Time window" className={cn('inline-flex h-8', trackClasses)}>
      {statsWindows.map((one) => (
        <Link
          key={one}
          href={one === byDefault ? path : `${path}?window=${one}`}
          prefetch={false}
          scroll={false}
          aria-current={one === window ? 'true' : undefined}
          className={segmentClasses}
        >
          {windowNames[one].short}
        </Link>
      ))}
    </nav>
  );
}
