import { type StatsWindow, statsWindows } from '#lib/stats/types';

/** What a window is called on a switch, and in a sentence. */
export const windowNames: Record<StatsWindow, { short: string; long: string }> = {
  '15m': { short: '15 min', long: 'last 15 minutes' },
  '1h': { short: '1 hour', long: 'last hour' },
  '24h': { short: '24 hours', long: 'last 24 hours' },
  '7d': { short: '7 days', long: 'last 7 days' },
};

/** The overview's, and that of a definition's page. */
export const defaultWindow: StatsWindow = '1h';
export const definitionWindow: StatsWindow = '24h';

/** Reads the window from the address; what it does not know is the default. */
export const parseWindow = (value: string | string[] | undefined, byDefault: StatsWindow): StatsWindow =>
  statsWindows.find((window) => window === value) ?? byDefault;
