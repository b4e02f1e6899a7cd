export { SilenceRepository, type StoredSilence } from './silence.repository.ts';
export { SilencesModule } from './silences.module.ts';
