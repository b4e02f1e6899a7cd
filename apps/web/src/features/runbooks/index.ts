export { RunbookPanel } from './runbook-panel.tsx';
