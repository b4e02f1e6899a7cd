export { LinkSection } from './link-section.tsx';
export { singleSignOnQuery } from './queries.ts';
export { SingleSignOnPage } from './single-sign-on-page.tsx';
