export { createView, deleteView, listViews, updateView, viewPatchSchema, viewSchema } from './views.ts';
