export { PasswordDialog } from './password-dialog.tsx';
export { SignInForm } from './sign-in-form.tsx';
export { safeNext, signInPath } from './sign-in-path.ts';
export { UserProvider, useRoleRefusal, useUser } from './user.tsx';
