export { ConfirmForm } from './confirm-form.tsx';
export { EntryFrame } from './entry-frame.tsx';
export { ForgotForm } from './forgot-form.tsx';
export { InvitationForm } from './invitation-form.tsx';
export { ResetForm } from './reset-form.tsx';
export { SetupForm } from './setup-form.tsx';
