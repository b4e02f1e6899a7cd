export { DocumentModule } from './document.module.ts';
