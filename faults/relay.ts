/** A relay and reaper without a runner: what the fault tests kill when only the maintenance is to die. */
import { config } from '#lib/config';
import { configureLog } from '#lib/observability/index';
import { startMaintenance } from '../workers/maintenance/index.ts';

configureLog({ service: 'relay', level: config().LOG_LEVEL });
startMaintenance();
