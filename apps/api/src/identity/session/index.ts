export { answer, type Entered, Entrance, type Origin } from './entrance.ts';
export { OwnPassword } from './own-password.ts';
export { SessionModule } from './session.module.ts';
export { SingleSignOnRule } from './single-sign-on-rule.ts';
