import { readOverview } from '../../overview.ts';
import { handle } from '../handle.ts';

export const GET = handle({ role: 'viewer', route: '/api/overview' }, async () => Response.json(await readOverview()));
