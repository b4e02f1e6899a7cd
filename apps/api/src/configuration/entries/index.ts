export { draftEdits } from './draft-edits.ts';
export { EntriesModule } from './entries.module.ts';
export { gatewayView } from './effective.service.ts';
export { placeColumns, type StoredEntry } from './entry-row.ts';
export { EntryRepository } from './entry.repository.ts';
export { entryView, isSecretField, originView, shown } from './entry-view.ts';
export { type GatewayFacts, GatewayFactsRepository, type PortFacts } from './gateway-facts.repository.ts';
export { LayerStack, type ResolvedGateway } from './layer-stack.ts';
export { placeNames } from './place-names.ts';
