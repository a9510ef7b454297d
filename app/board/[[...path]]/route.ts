import { handle } from '../../api/handle.ts';
import { serveBoard } from '../board.ts';

const board = handle({ role: 'admin', route: '/board', page: true }, ({ request, actor }) =>
  serveBoard(request, actor),
);

export { board as DELETE, board as GET, board as PATCH, board as POST, board as PUT };
