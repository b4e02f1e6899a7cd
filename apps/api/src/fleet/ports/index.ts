export { PortsModule } from './ports.module.ts';
