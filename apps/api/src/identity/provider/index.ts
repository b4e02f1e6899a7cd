export { changeProvider, providerPeople } from './provider-people.ts';
export { ProviderModule } from './provider.module.ts';
