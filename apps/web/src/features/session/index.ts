export { NewPasswordField } from './new-password-field.tsx';
export { PasswordDialog } from './password-dialog.tsx';
export { SignInForm } from './sign-in-form.tsx';
export { SignOnReason } from './sign-on-reason.tsx';
export { safeNext, signInPath } from './sign-in-path.ts';
export { UserProvider, useRefusal, useRefusals, useUser } from './user.tsx';
