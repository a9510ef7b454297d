import { handle } from '../handle.ts';
import { apiDocument } from '../openapi.ts';

export const GET = handle({ role: 'viewer', route: '/api/openapi.json' }, () => Response.json(apiDocument()));
