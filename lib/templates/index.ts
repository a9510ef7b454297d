export { createTemplateSchema, templatePatchSchema } from './schema.ts';
export { createTemplate, deleteTemplate, listTemplates, updateTemplate } from './templates.ts';
